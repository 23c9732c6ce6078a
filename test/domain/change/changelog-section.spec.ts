import { expect, it } from '@jest/globals';
import { changelogSection } from '../../../domain/change/changelog-section.ts';

it.each([
  ['a plain heading', '## 1.2.0\n\n- New\n\n## 1.1.0\n\n- Old', '- New'],
  ['brackets and a date', '## [1.2.0] - 2026-11-20\n- New\n## [1.1.0]\n- Old', '- New'],
  [
    'a v before it',
    '# Changes\n\n### v1.2.0 (2026)\nNew\n\n#### Fixes\nMore',
    'New\n\n#### Fixes\nMore',
  ],
  ['an underlined heading', '1.2.0 (May 18)\n===\n\nNew\n\n1.1.0\n===\n\nOld', 'New'],
  ['Windows line ends', '## 1.2.0\r\nNew\r\n## 1.1.0\r\nOld', 'New'],
  [
    'a heading inside of code',
    '## 1.2.0\nNew\n```\n## 1.1.0\n```\nMore',
    'New\n```\n## 1.1.0\n```\nMore',
  ],
])('finds the section of a version under %s', (_, changelog, section) => {
  expect(changelogSection(changelog, '1.2.0')).toBe(section);
});

it.each([
  ['another version that begins alike', '## 1.2.0-rc.1\nSoon\n## 11.2.0\nLater'],
  ['a text that only mentions it', 'We like 1.2.0.\n\n## 1.1.0\nOld'],
  ['nothing', ''],
])('finds no section in %s', (_, changelog) => {
  expect(changelogSection(changelog, '1.2.0')).toBeNull();
});
