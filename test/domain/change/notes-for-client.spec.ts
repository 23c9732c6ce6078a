import { notesForClient } from '../../../domain/change/notes-for-client.ts';

const builds = [
  { version: '8.3.1', markdown: 'Prints again.' },
  {
    version: '8.3.0',
    markdown:
      'Intro.\n\n## Maps {map, zones}\n\nFaster.\n\n### Zoom\n\nSmooth.\n\n## Permits {permits}\n\nNew.\n\n## For all\n\nMore.',
  },
  { version: '8.2.0', markdown: 'Old.' },
];
const notes = (currentVersion: string | null, modules: readonly string[] = []) =>
  notesForClient(builds, { currentVersion, modules, locale: 'en' });

it('tells what lies after the build that runs, newest first', () => {
  expect(notes('8.3.0')).toBe('Prints again.');
  expect(notes('8.2.0').startsWith('# 8.3.1\n\nPrints again.\n\n# 8.3.0\n\nIntro.')).toBe(true);
  expect(notes('8.3.1')).toBe('');
});

it('tells everything where nobody knows what runs', () => {
  expect(notes(null)).toContain('Old.');
});

it.each([
  [[], ['Intro.', 'More.'], ['Faster.', 'Smooth.', 'New.']],
  [['zones'], ['Faster.', 'Smooth.', 'More.'], ['New.', '{']],
  [['permits'], ['New.', 'More.'], ['Faster.', 'Smooth.']],
] as const)('tells a client with modules %j its own sections', (modules, told, left) => {
  const text = notes('8.2.0', modules);

  for (const each of told) expect(text).toContain(each);
  for (const each of left) expect(text).not.toContain(each);
});

it('tells each build in the language of the reader, and says where there is English only', () => {
  const translated = [
    { version: '8.3.1', markdown: 'Prints again.' },
    {
      version: '8.3.0',
      markdown: 'Faster.',
      translations: { fr: 'Plus rapide.\n\n## Permis {permits}\n\nNouveau.' },
    },
    { version: '8.2.9', markdown: '## Permits {permits}\n\nNew.' },
  ];
  const reader = { currentVersion: null, modules: [] };
  const onlyInEnglish = '*Ces notes n’existent qu’en anglais.*';

  expect(notesForClient(translated, { ...reader, locale: 'fr' })).toBe(
    `# 8.3.1\n\n${onlyInEnglish}\n\nPrints again.\n\n# 8.3.0\n\nPlus rapide.`,
  );
  expect(notesForClient(translated, { ...reader, locale: 'en' })).toBe(
    '# 8.3.1\n\nPrints again.\n\n# 8.3.0\n\nFaster.',
  );
});
