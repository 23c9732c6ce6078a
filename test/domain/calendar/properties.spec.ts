import fc from 'fast-check';
import { ask } from '../../../domain/calendar/ask.ts';
import type {
  CalendarDocument,
  CalendarRuleDocument,
} from '../../../domain/calendar/calendar-document.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import { weekdays } from '../../../domain/calendar/local-time.ts';
import { fits, nextOpen, openStretches } from '../../../domain/calendar/open-stretches.ts';
import { localToInstant } from '../../../domain/calendar/zone.ts';
import { epochMsOf, instantOf } from '../../../domain/instant.ts';
import type { Duration } from '../../../domain/duration.ts';
import { closedBy, firstStep, instantsShowing, stays, stepMs, tryCalendar } from './brute-force.ts';
import { aLayer } from './reading.ts';
import { someBusinessDays, someSelectors } from './some-selectors.ts';

const dayMs = 86_400_000;

/** Places where clocks do strange things, and the date on which they do. */
const places = [
  { zone: 'America/Toronto', date: '2026-11-01' },
  { zone: 'America/Toronto', date: '2027-03-14' },
  { zone: 'Australia/Lord_Howe', date: '2026-10-04' },
  { zone: 'Australia/Lord_Howe', date: '2027-04-04' },
  { zone: 'Antarctica/Troll', date: '2027-03-28' },
  { zone: 'Antarctica/Troll', date: '2026-10-25' },
  { zone: 'Pacific/Apia', date: '2011-12-30' },
  { zone: 'Pacific/Kwajalein', date: '1993-08-21' },
  { zone: 'America/Santiago', date: '2026-09-06' },
  { zone: 'America/Santiago', date: '2027-04-04' },
  { zone: 'Africa/Cairo', date: '2027-04-30' },
  { zone: 'America/Sao_Paulo', date: '2018-11-04' },
  { zone: 'Asia/Beirut', date: '2027-03-28' },
  { zone: '-03:30', date: '2027-01-01' },
  { zone: 'Asia/Kathmandu', date: '2028-02-29' },
  { zone: 'UTC', date: '2026-12-31' },
] as const;

const clock = (quarter: number): string =>
  `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;

function isoDate(dayZero: number, days: number): string {
  return new Date(dayZero + days * dayMs).toISOString().slice(0, 10);
}

function days(dayZero: number): fc.Arbitrary<CalendarRuleDocument> {
  return fc
    .record({
      on: fc.oneof(
        fc.record({ weekdays: fc.subarray([...weekdays], { minLength: 1 }) }),
        fc.record({
          dates: fc.array(fc.integer({ min: -4, max: 4 }).map((n) => isoDate(dayZero, n))),
        }),
        someSelectors(isoDate(dayZero, 0)),
      ),
      replace: fc.option(published(dayZero), { nil: undefined, freq: 3 }),
      from: fc.integer({ min: 0, max: 95 }),
      length: fc.integer({ min: 1, max: 3 * 96 }),
      isWholeDay: fc.boolean(),
      since: fc.option(fc.integer({ min: -3, max: 3 }), { nil: undefined }),
    })
    .map(({ on, from, length, isWholeDay, since, replace }) => {
      const more = {
        ...(since !== undefined && { valid: { since: isoDate(dayZero, since) } }),
        ...(replace !== undefined && { replace: [replace] }),
      };
      if (isWholeDay) return { on, ...more };
      const end = from + length;
      const plusDays = Math.floor(end / 96);
      return { on, ...more, from: clock(from), to: clock(end % 96), plusDays };
    });
}

/** Dates that stand instead of the rule's own from two days before the day to two after. */
function published(dayZero: number) {
  const days = fc.subarray([-2, -1, 0, 1, 2]);
  return days.map((list) => ({
    from: isoDate(dayZero, -2),
    to: isoDate(dayZero, 2),
    dates: list.map((n) => isoDate(dayZero, n)),
  }));
}

function span(dayZero: number): fc.Arbitrary<CalendarRuleDocument> {
  return fc
    .tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 300 }))
    .map(([start, length]) => {
      const local = (quarter: number): string =>
        new Date(dayZero + quarter * stepMs).toISOString().slice(0, 16);
      return { between: [local(start), local(start + length)] as const };
    });
}

const sample = fc.constantFrom(...places).chain(({ zone, date }) => {
  const dayZero = Date.parse(`${date}T00:00Z`);
  const rules = (least: number): fc.Arbitrary<CalendarRuleDocument[]> =>
    fc.array(fc.oneof({ arbitrary: days(dayZero), weight: 3 }, span(dayZero)), {
      minLength: least,
      maxLength: 3,
    });
  return fc.record({
    document: fc
      .tuple(
        fc.record({
          zone: fc.constant<string>(zone),
          allow: fc.oneof({ arbitrary: rules(1), weight: 4 }, fc.constant('always' as const)),
          deny: rules(0).map((list) => list.map((rule, n) => ({ ...rule, name: `closed ${n}` }))),
        }),
        someBusinessDays(date),
      )
      .map(([rulesOf, daysOf]) => ({ ...rulesOf, ...daysOf })),
    other: fc.option(
      fc.record({
        zone: fc.constant<string>(zone),
        allow: rules(1),
        holidays: fc.constant({ off: [] }),
      }),
      { nil: undefined },
    ),
    at: fc.integer({ min: -200, max: 200 }).map((quarter) => dayZero + quarter * stepMs),
    worstQuarters: fc.integer({ min: 0, max: 24 }),
    range: fc.constant({ start: dayZero - 4 * dayMs, end: dayZero + 5 * dayMs }),
  });
});

interface Sample {
  readonly document: CalendarDocument;
  readonly other: CalendarDocument | undefined;
  readonly at: number;
  readonly worstQuarters: number;
  readonly range: { readonly start: number; readonly end: number };
}

function read({ document, other, worstQuarters, range }: Sample) {
  const documents = [document, ...(other === undefined ? [] : [other])];
  const tried = documents.map((each) => tryCalendar(each, range));
  return {
    layers: documents.map((each, index) => aLayer(each, `layer ${index}`)),
    tried,
    isOpen: (at: number) => tried.every((each) => closedBy(each, at).length === 0),
    worstCase: `PT${worstQuarters * 15}M` as Duration,
    worstMs: worstQuarters * stepMs,
  };
}

const runs = { numRuns: 250 };

describe('calendars against trying every quarter of an hour', () => {
  it('closes exactly the instants that a deny rule covers or no allow rule does, and names every rule', () => {
    fc.assert(
      fc.property(sample, (each) => {
        const { layers, tried } = read(each);
        const expected = tried.flatMap((calendar, index) =>
          closedBy(calendar, each.at).map((rule) => `layer ${index}: ${rule}`),
        );

        const verdict = judgeSchedule(layers, instantOf(each.at));

        expect(verdict.reasons.map(({ layer, rule }) => `${layer}: ${rule}`)).toEqual(expected);
        expect(verdict.closed).toBe(expected.length > 0);
      }),
      runs,
    );
  });

  it('lets work start exactly where its whole worst case is open', () => {
    fc.assert(
      fc.property(sample, (each) => {
        const { layers, isOpen, worstCase, worstMs } = read(each);

        const itFits = fits(layers, instantOf(each.at), { worstCase });

        expect(itFits).toBe(stays(isOpen, each.at, worstMs));
      }),
      runs,
    );
  });

  it('finds the first instant at which work fits', () => {
    fc.assert(
      fc.property(sample, (each) => {
        const { layers, isOpen, worstCase, worstMs } = read(each);
        const range = { start: each.at, end: each.range.end };
        const expected = firstStep(range, (at) => stays(isOpen, at, worstMs));

        const found = nextOpen(layers, instantOf(each.at), { worstCase });

        if (expected !== undefined) expect(found).toBe(instantOf(expected));
        else expect(found === undefined || epochMsOf(found) >= range.end).toBe(true);
      }),
      runs,
    );
  });

  it('says when an open stretch ends, and when a deny rule does', () => {
    fc.assert(
      fc.property(sample, (each) => {
        const { layers, isOpen } = read(each);
        const verdict = judgeSchedule(layers, instantOf(each.at));
        fc.pre(!verdict.closed);
        const range = { start: each.at, end: each.range.end };
        const expected = firstStep(range, (at) => !isOpen(at));

        const { nextClose } = verdict;

        if (expected !== undefined) expect(nextClose).toBe(instantOf(expected));
        else expect(nextClose === undefined || epochMsOf(nextClose) >= range.end).toBe(true);
      }),
      runs,
    );
  });

  it('lists stretches and windows that together are the open time', () => {
    fc.assert(
      fc.property(sample, (each) => {
        const { layers, isOpen } = read(each);
        const alone = read({ ...each, other: undefined });
        const [from, to] = [instantOf(each.range.start), instantOf(each.range.end)];
        const question = { ask: 'windows', calendar: each.document, from, to };

        const stretches = openStretches(layers, { start: from, end: to });
        const { windows } = ask(question) as { windows: typeof stretches };

        const covered = (list: typeof stretches, at: number): boolean =>
          list.some(({ start, end }) => Date.parse(start) <= at && at < Date.parse(end));
        for (let at = each.range.start; at < each.range.end; at += stepMs) {
          if (covered(stretches, at) !== isOpen(at)) throw new Error(`stretch at ${instantOf(at)}`);
          if (covered(windows, at) !== alone.isOpen(at)) {
            throw new Error(`window at ${instantOf(at)}`);
          }
        }
      }),
      { numRuns: 120 },
    );
  });

  it('turns wall clocks into the instants that show them', () => {
    const time = fc.tuple(fc.constantFrom(...places), fc.integer({ min: -120, max: 200 }));
    fc.assert(
      fc.property(time, ([{ zone, date }, quarter]) => {
        const localMs = Date.parse(`${date}T00:00Z`) + quarter * stepMs;

        const { instant } = localToInstant(zone, new Date(localMs).toISOString().slice(0, 16));

        expect(epochMsOf(instant)).toBe(instantsShowing(zone, localMs).start);
      }),
      { numRuns: 500 },
    );
  });
});
