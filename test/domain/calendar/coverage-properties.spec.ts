import fc from 'fast-check';
import type { CoverageDocument } from '../../../domain/calendar/calendar-document.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import type { Duration } from '../../../domain/duration.ts';
import { instantOf } from '../../../domain/instant.ts';
import { aLayer } from './reading.ts';

const minuteMs = 60_000;
const base = Date.parse('2026-11-23T00:00Z');
const spanMinutes = 4 * 24 * 60;

/** Minutes after the base, as a wall clock time in UTC. */
const local = (minute: number): string =>
  new Date(base + minute * minuteMs).toISOString().slice(0, 16);

interface Shift {
  readonly day: number;
  readonly from: number;
  readonly length: number;
}

interface Absence {
  readonly from: number;
  readonly length: number;
  readonly people: number;
}

interface Sample {
  readonly teams: readonly {
    readonly people: number;
    readonly shifts: readonly Shift[];
    readonly away: readonly Absence[];
  }[];
  readonly during: readonly number[];
  readonly after: readonly number[];
  readonly within: number;
  readonly needed: number;
  readonly worst: number;
  readonly asked: number;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

const sample: fc.Arbitrary<Sample> = fc.record({
  teams: fc.array(
    fc.record({
      people: fc.integer({ min: 0, max: 3 }),
      shifts: fc.array(
        fc.record({
          day: fc.integer({ min: 0, max: 4 }),
          from: fc.integer({ min: 0, max: 1439 }),
          length: fc.integer({ min: 1, max: 1400 }),
        }),
        { minLength: 1, maxLength: 5 },
      ),
      away: fc.array(
        fc.record({
          from: fc.integer({ min: -300, max: spanMinutes }),
          length: fc.integer({ min: 1, max: 900 }),
          people: fc.integer({ min: 0, max: 3 }),
        }),
        { maxLength: 3 },
      ),
    }),
    { minLength: 2, maxLength: 2 },
  ),
  during: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 2 }),
  after: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 2 }),
  within: fc.integer({ min: 0, max: 1600 }),
  needed: fc.integer({ min: 0, max: 400 }),
  worst: fc.integer({ min: 0, max: 200 }),
  asked: fc.integer({ min: -200, max: spanMinutes }),
});

function coverageOf({ teams, during, after, within, needed }: Sample): CoverageDocument {
  return {
    teams: Object.fromEntries(
      teams.map(({ people, shifts }, index) => [
        `team ${index}`,
        {
          people,
          hours: shifts.map(({ day, from, length }) => ({
            on: { dates: [local(day * 1440).slice(0, 10)] },
            from: clock(from),
            to: clock((from + length) % 1440),
            plusDays: from + length >= 1440 ? 1 : 0,
          })),
        },
      ]),
    ),
    ...(teams.some(({ away }) => away.length > 0) && {
      away: teams.flatMap(({ away }, index) =>
        away.map(({ from, length, people }) => ({
          team: `team ${index}`,
          between: [local(from), local(from + length)] as const,
          people,
        })),
      ),
    }),
    require: {
      during: needsOf(during),
      aftercare: { within: `PT${within}M`, hours: needed / 60, teams: needsOf(after) },
    },
  };
}

function needsOf(people: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(people.map((each, index) => [`team ${index}`, each]));
}

/** The minutes that are counted: everything any start can look at, and time in which nobody is there any more. */
const firstMinute = -500;
const lastMinute = spanMinutes + 4 * 1440;

/** Staffing counted minute by minute, each minute by itself. */
function minuteScan(each: Sample) {
  const minutes = Array.from({ length: lastMinute - firstMinute }, (_, n) => n + firstMinute);
  const there = each.teams.map((team) => minutes.map((minute) => peopleAt(team, minute)));
  const isShort = each.during.map((people, team) =>
    minutes.map((_, n) => (there[team]?.[n] ?? 0) < people),
  );
  const shortBefore = isShort.map(countsBefore);
  const caredBefore = countsBefore(
    minutes.map((_, n) => each.after.every((people, team) => (there[team]?.[n] ?? 0) >= people)),
  );
  const count = (before: readonly number[], from: number, to: number): number =>
    (before[to - firstMinute] ?? NaN) - (before[from - firstMinute] ?? NaN);
  return {
    short: (minute: number): readonly string[] =>
      shortBefore.flatMap((before, team) =>
        count(before, minute, minute + Math.max(each.worst, 1)) > 0 ? [`during: team ${team}`] : [],
      ),
    isCared: (minute: number): boolean => {
      const from = minute + each.worst;
      return count(caredBefore, from, from + each.within) >= each.needed;
    },
  };
}

function peopleAt({ people, shifts, away }: Sample['teams'][number], minute: number): number {
  const onShift = shifts.some(({ day, from, length }) => {
    const start = day * 1440 + from;
    return start <= minute && minute < start + length;
  });
  const absent = away
    .filter(({ from, length }) => from <= minute && minute < from + length)
    .reduce((sum, absence) => sum + absence.people, 0);
  return onShift ? Math.max(people - absent, 0) : 0;
}

/** How many of the minutes before each one are marked. */
function countsBefore(marked: readonly boolean[]): readonly number[] {
  const counts = [0];
  for (const each of marked) counts.push((counts.at(-1) ?? 0) + (each ? 1 : 0));
  return counts;
}

describe('the search along the turns of the staffing, against every single minute', () => {
  it('names the same teams, judges aftercare the same and finds the same first minute', () => {
    fc.assert(
      fc.property(sample, (each) => {
        const { short, isCared } = minuteScan(each);
        const expected = [...short(each.asked), ...(isCared(each.asked) ? [] : ['aftercare'])];
        let first: number | undefined = each.asked;
        while (short(first).length > 0 || !isCared(first)) {
          first += 1;
          if (first > spanMinutes + 2 * 1440) {
            first = undefined;
            break;
          }
        }
        const layer = aLayer({ coverage: coverageOf(each) });

        const verdict = judgeSchedule([layer], instantOf(base + each.asked * minuteMs), {
          worstCase: `PT${each.worst}M` as Duration,
        });

        const named = verdict.reasons.filter(({ layer: whose }) => whose === 'coverage');
        expect(named.map(({ rule }) => rule)).toEqual(expected);
        expect(verdict.closed).toBe(expected.length > 0);
        expect(verdict.nextOpen).toBe(
          first === undefined ? undefined : instantOf(base + first * minuteMs),
        );
      }),
      { numRuns: 150 },
    );
  });
});
