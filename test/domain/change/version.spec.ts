import { compareVersions, isVersion } from '../../../domain/change/version.ts';

/** In order of precedence, as SemVer 2.0 gives it in §11, with what lies around. */
const inOrder = [
  '0.9.10',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1',
  '1.2.0',
  '1.10.0',
  '2.0.0-0',
  '2.0.0',
  '10.0.0',
];

it.each(inOrder.map((version, index) => ({ version, later: inOrder.slice(index + 1) })))(
  'puts $version before all later ones',
  ({ version, later }) => {
    expect(compareVersions(version, version)).toBe(0);
    for (const each of later) {
      expect(compareVersions(version, each)).toBeLessThan(0);
      expect(compareVersions(each, version)).toBeGreaterThan(0);
    }
  },
);

it.each([
  ['8.3.0', '8.3.0+2'],
  ['8.3.0+1', '8.3.0+2'],
  ['v8.3.0', '8.3.0'],
  ['8.3.0-rc.1+a', '8.3.0-rc.1+b'],
])('gives %s and %s the same precedence', (a, b) => {
  expect(compareVersions(a, b)).toBe(0);
});

it.each(['8.3.0', 'v8.3.0', '8.3.0-rc.1', '8.3.0+2', '8.3.0-rc.1+build.5', '0.0.0-a-b'])(
  'knows %s as a version',
  (text) => {
    expect(isVersion(text)).toBe(true);
  },
);

it.each([
  '',
  '8',
  '8.3',
  '8.3.0.1',
  '8.3.x',
  '8.3.0-',
  '8.3.0+',
  '8.3.0-rc..1',
  ' 8.3.0',
  '8.3.0\n',
])('refuses "%s"', (text) => {
  expect(isVersion(text)).toBe(false);
  expect(() => compareVersions('1.0.0', text)).toThrow('is no version');
});
