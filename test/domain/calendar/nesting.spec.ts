import { describe, expect, it } from '@jest/globals';
import { isNestedTooDeep } from '../../../domain/calendar/nesting.ts';

const lists = (count: number): string => '['.repeat(count);

describe('a line of JSON', () => {
  it.each<[string, string, boolean]>([
    ['1000 lists', `${lists(1000)}${']'.repeat(1000)}`, false],
    ['1001 lists', `${lists(1001)}${']'.repeat(1001)}`, true],
    ['1000 objects', '{"a":'.repeat(1000), false],
    ['1001 objects', '{"a":'.repeat(1001), true],
    ['501 lists of 500 objects', `${'[{"a":'.repeat(500)}[`, true],
    ['lists side by side', '[],'.repeat(2000), false],
    ['objects side by side', '{},'.repeat(2000), false],
    ['brackets in a text', `"${lists(1001)}"`, false],
    ['brackets behind a quote in a text', `"\\"${lists(1001)}"`, false],
    ['brackets behind a text', `"a"${lists(1001)}`, true],
    ['brackets behind a text that ends with a backslash', `"\\\\"${lists(1001)}`, true],
    ['a text that never ends', `"${'x'.repeat(1001)}`, false],
    ['a text that breaks off behind a backslash', `"${'x'.repeat(1001)}\\`, false],
  ])('of %s', (_what, line, isTooDeep) => {
    expect(isNestedTooDeep(line)).toBe(isTooDeep);
  });
});
