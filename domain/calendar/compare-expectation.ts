import type { CalendarAnswer } from './calendar-answer.ts';
import type { RawFields } from './problem-list.ts';

/** A field of an answer that is not what a calendar test expects. */
export interface ExpectationGap {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Compares the fields that a calendar test names with the answer; an empty list means that it passed. */
export function compareExpectation(
  answer: CalendarAnswer,
  expect: RawFields,
): readonly ExpectationGap[] {
  return Object.entries(expect).flatMap(([name, expected]) => {
    const actual = answer[name];
    return agrees(name, actual, expected) ? [] : [{ path: name, expected, actual }];
  });
}

function agrees(name: string, actual: unknown, expected: unknown): boolean {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (name === 'windows') return sameWindows(actual, expected);
    if (name === 'reasons') return sameSet(actual, expected);
  }
  return matches(actual, expected);
}

/** Objects by the named fields only, lists in order, times by meaning. */
function matches(actual: unknown, expected: unknown): boolean {
  if (expected === null) return actual === undefined || actual === null;
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((each, index) => matches(actual[index], each))
    );
  }
  if (isFields(expected)) {
    return (
      isFields(actual) &&
      Object.entries(expected).every(([name, value]) => matches(actual[name], value))
    );
  }
  return sameTime(actual) === sameTime(expected);
}

/** Every expected entry is there and no other. */
function sameSet(actual: readonly unknown[], expected: readonly unknown[]): boolean {
  return (
    expected.every((each) => actual.some((found) => matches(found, each))) &&
    actual.every((found) => expected.some((each) => matches(found, each)))
  );
}

interface AnyWindow {
  readonly start: string;
  readonly end: string;
  readonly rule: string;
}

/** As one set of time, or one per rule when the test names rules; cut or joined entries do not matter. */
function sameWindows(actual: readonly unknown[], expected: readonly unknown[]): boolean {
  const byRule = expected.some((each) => isFields(each) && each['rule'] !== undefined);
  const [found, wanted] = [actual, expected].map((each) => timesByRule(each, byRule));
  return JSON.stringify(found) === JSON.stringify(wanted);
}

function timesByRule(raw: readonly unknown[], byRule: boolean): readonly unknown[] {
  const windows = raw
    .map((each) => windowOf(each, byRule))
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const joined: AnyWindow[] = [];
  for (const window of windows) {
    const last = joined.at(-1);
    if (last?.rule !== window.rule || window.start > last.end) joined.push(window);
    else if (window.end > last.end) joined[joined.length - 1] = { ...last, end: window.end };
  }
  return joined;
}

function windowOf(raw: unknown, byRule: boolean): AnyWindow {
  const { start, end, rule } = isFields(raw) ? raw : {};
  return {
    start: String(sameTime(start)),
    end: String(sameTime(end)),
    rule: byRule ? String(rule) : '',
  };
}

function placeOf({ rule, start }: AnyWindow): string {
  return `${rule}\n${start}`;
}

/** Times written to nine digits of a second, everything else unchanged. */
function sameTime(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z?)$/.exec(value);
  if (!match) return value;
  const [, minute = '', seconds = '00', fraction = '', zulu = ''] = match;
  return `${minute}:${seconds}.${fraction.padEnd(9, '0')}${zulu}`;
}

function isFields(value: unknown): value is RawFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
