import { readYaml } from '../../../apps/api/src/calendars/read-yaml.ts';

describe('the text of a calendar file', () => {
  it.each([
    ['YAML', 'zone: UTC\nallow:\n  - on: {weekdays: [mon]}\n', [['mon']]],
    ['JSON', '{"zone":"UTC","allow":[{"on":{"weekdays":["tue"]}}]}', [['tue']]],
    ['a file of Windows', '\ufeffzone: UTC\r\nallow:\r\n- on: {weekdays: [wed]}\r\n', [['wed']]],
  ])('is read when it is %s', (_, text, weekdays) => {
    const reading = readYaml(text);

    expect(reading).toEqual({
      kind: 'readable',
      value: { zone: 'UTC', allow: weekdays.map((each) => ({ on: { weekdays: each } })) },
    });
  });

  it.each([
    ['a list without an end', 'zone: [', 'is no YAML', 1],
    ['a tab as indentation', 'zone: UTC\nallow:\n\t- x', 'is no YAML', 3],
    ['two documents', 'zone: UTC\n---\nzone: UTC', 'is no YAML', 2],
    ['an alias', 'a: &a [1]\nb: *a', 'has an alias, *a; write out what it stands for', 2],
    ['an alias in itself', 'a: &a\n  - *a', 'has an alias, *a; write out what it stands for', 2],
    ['a field twice', 'zone: UTC\nallow: []\nzone: UTC', 'has the field "zone" twice', 3],
    ['a field twice, deep inside', 'a:\n  - {b: 1, "b": 2}', 'has the field "b" twice', 2],
  ])('is refused for %s, with the line', (_, text, message, line) => {
    const reading = readYaml(text);

    expect(reading).toMatchObject({ kind: 'unreadable', message, line });
  });

  it.each(['[', '{', '- ', '? ', '[[{'])(
    'is refused before it is read when it nests %s on and on',
    (opening) => {
      const reading = readYaml(opening.repeat(1000));

      expect(reading).toMatchObject({
        kind: 'unreadable',
        message: 'nests lists and objects more than 500 levels deep',
      });
    },
  );

  it('is read by a list of any length, since its entries lie side by side', () => {
    const reading = readYaml(`dates:\n${'- [a]\n'.repeat(2000)}`);

    expect(reading.kind).toBe('readable');
  });
});
