import { businessDayCount } from './business-day-count.ts';
import type { Calendar, DaySelector, RuleTiming, ValidSpan } from './calendar-document.ts';
import { dayOf, weekdayOf } from './local-time.ts';
import { remembered, type DayTest } from './remembered-days.ts';
import { selectMonthDays, selectMonthly, selectMonths, selectYearly } from './select-in-month.ts';
import { selectMoved, selectNext, selectPrevious } from './select-moved.ts';

/** What of a calendar selectors look at: the holiday sets and the business days. */
export type SelectorFacts = Pick<Calendar, 'holidays' | 'businessDays'>;

/** The test for the start dates of a rule: its selector, its published dates and its validity. */
export function startDateTest(
  { when, valid, replace, off = [] }: RuleTiming,
  facts: SelectorFacts,
): DayTest {
  if (when.kind === 'span') return validTest(valid);
  const isValid = validTest(valid);
  const picks = dayTest(when.on, facts);
  const replaced = (replace ?? []).map(({ from, to, dates }) => ({
    isWithin: validTest({ since: from, until: to }),
    picks: isOneOf(dates.map(dayOf)),
  }));
  const isOff = selectAny(off.map((set) => dayTest({ kind: 'holidays', set }, facts)));
  return (day) =>
    isValid(day) &&
    !isOff(day) &&
    (replaced.find((each) => each.isWithin(day))?.picks ?? picks)(day);
}

/** The test for a selector; without one every day is picked. */
export function dayTest(selector: DaySelector | undefined, facts: SelectorFacts): DayTest {
  if (selector === undefined) return () => true;
  const tests = testsByFacts.get(facts) ?? new WeakMap<DaySelector, DayTest>();
  testsByFacts.set(facts, tests);
  const known = tests.get(selector);
  if (known) return known;
  const fresh = newTest(selector, facts);
  const test = isCheap(selector) ? fresh : remembered(fresh);
  tests.set(selector, test);
  return test;
}

const testsByFacts = new WeakMap<SelectorFacts, WeakMap<DaySelector, DayTest>>();

// Stryker disable all: which tests are remembered changes no answer
function isCheap({ kind }: DaySelector): boolean {
  return kind === 'weekdays' || kind === 'dates' || kind === 'holidays' || kind === 'every';
}
// Stryker restore all

function newTest(selector: DaySelector, facts: SelectorFacts): DayTest {
  switch (selector.kind) {
    case 'weekdays':
      return selectWeekdays(selector);
    case 'monthly':
      return selectMonthly(selector);
    case 'monthDays':
      return selectMonthDays(selector);
    case 'months':
      return selectMonths(selector);
    case 'yearly':
      return selectYearly(selector);
    case 'dates':
      return isOneOf(selector.dates.map(dayOf));
    case 'every':
      return selectEvery(selector);
    case 'holidays':
      return isOneOf((facts.holidays[selector.set] ?? []).map(dayOf));
    default:
      return newTestOfOthers(selector, facts);
  }
}

type SelectorOfOthers = Extract<
  DaySelector,
  { kind: 'offset' | 'next' | 'previous' | 'all' | 'any' | 'not' }
>;

function newTestOfOthers(selector: SelectorOfOthers, facts: SelectorFacts): DayTest {
  switch (selector.kind) {
    case 'offset':
      return selectMoved(selector, dayTest(selector.from, facts), businessDayCount(facts));
    case 'next':
      return selectNext(selector, dayTest(selector.from, facts));
    case 'previous':
      return selectPrevious(selector, dayTest(selector.from, facts));
    case 'all':
      return selectAll(selector.of.map((each) => dayTest(each, facts)));
    case 'any':
      return selectAny(selector.of.map((each) => dayTest(each, facts)));
    case 'not':
      return selectNot(dayTest(selector.of, facts));
  }
}

function validTest({ since, until }: ValidSpan): DayTest {
  const first = since === undefined ? -Infinity : dayOf(since);
  const last = until === undefined ? Infinity : dayOf(until);
  return (day) => day >= first && day <= last;
}

function selectWeekdays({ weekdays }: DaySelector & { kind: 'weekdays' }): DayTest {
  const picked = new Set(weekdays);
  return (day) => picked.has(weekdayOf(day));
}

/** Nothing before the anchor. */
function selectEvery({ days, since }: DaySelector & { kind: 'every' }): DayTest {
  const anchor = dayOf(since);
  return (day) => day >= anchor && (day - anchor) % days === 0;
}

function selectAll(tests: readonly DayTest[]): DayTest {
  return (day) => tests.every((picks) => picks(day));
}

function selectAny(tests: readonly DayTest[]): DayTest {
  return (day) => tests.some((picks) => picks(day));
}

function selectNot(picks: DayTest): DayTest {
  return (day) => !picks(day);
}

function isOneOf(days: readonly number[]): DayTest {
  const picked = new Set(days);
  return (day) => picked.has(day);
}
