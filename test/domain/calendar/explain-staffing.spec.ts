import { describe, expect, it } from '@jest/globals';
import type {
  AwayDocument,
  CoverageDocument,
  TeamDocument,
} from '../../../domain/calendar/calendar-document.ts';
import type { CalendarLayer } from '../../../domain/calendar/calendar-layer.ts';
import { explainReason } from '../../../domain/calendar/explain-reason.ts';
import type { Duration } from '../../../domain/duration.ts';
import { aLayer, at } from './reading.ts';

const dayHours = [{ from: '09:00', to: '17:00' }];
const workdays = [
  { on: { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] as const }, ...dayHours[0] },
];
const everyDay: TeamDocument = { people: 2, hours: dayHours };
const onWorkdays: TeamDocument = { people: 2, hours: workdays };
const notAtChristmas: TeamDocument = { ...everyDay, off: ['xmas'] };

type Needs = CoverageDocument['require'];

/** A calendar with these teams; in UTC, off on Friday 25 December. */
function layerOf(
  teams: Readonly<Record<string, TeamDocument>>,
  require: Needs,
  away: readonly AwayDocument[] = [],
): CalendarLayer {
  const coverage = { teams, require, ...(away.length > 0 && { away }) };
  return aLayer({ holidays: { xmas: ['2026-12-25'] }, coverage });
}

function aftercare(within: string, hours: number, teams: Readonly<Record<string, number>>): Needs {
  return { aftercare: { within, hours, teams } };
}

/** The sentence for a start that too little staffed time follows. */
function afterwards(layers: readonly CalendarLayer[], start: string, worstCase = 'PT0S'): string {
  const scope = { worstCase: worstCase as Duration };
  return explainReason(
    layers,
    { layer: 'coverage', rule: 'aftercare' },
    { at: at(start), scope, zone: 'UTC' },
  );
}

describe('too little staffed time after the work', () => {
  it('leaves out teams of which nobody is needed', () => {
    const teams = { desk: notAtChristmas, ops: everyDay };
    const layer = layerOf(teams, aftercare('PT24H', 8, { desk: 1, ops: 0 }));

    expect(afterwards([layer], '2026-12-25T00:00Z')).toBe(
      '0 of 8 staffed hours within 24 h: Friday 25 December is a holiday',
    );
  });

  it('names the teams that are off, as people list them', () => {
    const teams = { a: onWorkdays, b: everyDay, c: onWorkdays };
    const layer = layerOf(teams, aftercare('PT24H', 1, { a: 1, b: 1, c: 1 }));

    expect(afterwards([layer], '2026-12-26T00:00Z')).toBe(
      '0 of 1 staffed hours within 24 h: a and c do not work on Saturday 26 December',
    );
  });

  it('names each cause of the time behind the worst case, and none before it', () => {
    const team = { ...onWorkdays, off: ['xmas'] };
    const layer = layerOf({ desk: team }, aftercare('PT24H', 1, { desk: 1 }));

    expect(afterwards([layer], '2026-12-25T23:00Z', 'PT2H')).toBe(
      '0 of 1 staffed hours within 24 h: nobody works on Saturday 26 December; nobody works on Sunday 27 December',
    );
  });

  it('is counted from the end of the worst case', () => {
    const layer = layerOf({ desk: everyDay }, aftercare('PT4H', 5, { desk: 1 }));

    expect(afterwards([layer], '2026-12-24T07:00Z', 'PT2H')).toBe(
      '4 of 5 staffed hours within 4 h',
    );
  });

  it('knows the days of each entry of a team’s hours', () => {
    const on = (day: 'fri' | 'sat', to: string) => ({ on: { weekdays: [day] }, from: '09:00', to });
    const team = { people: 1, off: ['xmas'], hours: [on('fri', '17:00'), on('sat', '11:00')] };
    const layer = layerOf({ desk: team }, aftercare('PT24H', 8, { desk: 1 }));

    expect(afterwards([layer], '2026-12-26T00:00Z')).toBe('2 of 8 staffed hours within 24 h');
    expect(afterwards([layer], '2026-12-25T00:00Z')).toBe(
      '0 of 8 staffed hours within 24 h: Friday 25 December is a holiday',
    );
  });

  it('looks no further than the time in which it must be', () => {
    const layer = layerOf({ desk: notAtChristmas }, aftercare('PT24H', 9, { desk: 1 }));

    expect(afterwards([layer], '2026-12-24T00:00Z')).toBe('8 of 9 staffed hours within 24 h');
    expect(afterwards([layer], '2026-12-24T00:00:01Z')).toBe(
      '8 of 9 staffed hours within 24 h: Friday 25 December is a holiday',
    );
  });

  it('has no cause where no time is left for it', () => {
    const layer = layerOf({ desk: notAtChristmas }, aftercare('PT0S', 1, { desk: 1 }));

    expect(afterwards([layer], '2026-12-25T10:00Z')).toBe('0 of 1 staffed hours within 0 min');
  });

  it('is told of the layers in which there is too little, to the hour', () => {
    const layers = [
      layerOf({ desk: everyDay }, { during: { desk: 1 } }),
      layerOf({ desk: everyDay }, aftercare('PT24H', 8, { desk: 1 })),
      layerOf({ desk: everyDay }, aftercare('PT24H', 8.5, { desk: 1 })),
    ];

    expect(afterwards(layers, '2026-12-22T09:00Z')).toBe('8 of 8.5 staffed hours within 24 h');
  });
});

describe('people who are away', () => {
  const noon = ['2026-12-22T11:00', '2026-12-22T13:00'] as const;
  const told = (away: readonly AwayDocument[], hours = 9, people = 1): string =>
    afterwards(
      [layerOf({ desk: everyDay }, aftercare('PT24H', hours, { desk: people }), away)],
      '2026-12-22T00:00Z',
    );

  it.each<[string, readonly AwayDocument[], number, string]>([
    [
      'are named until when',
      [{ team: 'desk', between: noon, people: 1 }],
      2,
      '6 of 9 staffed hours within 24 h: 1 of 2 of desk away until 13:00',
    ],
    [
      'are none where nobody is',
      [{ team: 'desk', between: noon, people: 0 }],
      2,
      '8 of 9 staffed hours within 24 h',
    ],
    [
      'are named without entries of nobody beside them',
      [
        { team: 'desk', between: noon, people: 0 },
        { team: 'desk', between: noon, people: 1 },
      ],
      2,
      '6 of 9 staffed hours within 24 h: 1 of 2 of desk away until 13:00',
    ],
    [
      'are no cause where enough are left',
      [{ team: 'desk', between: noon, people: 1 }],
      1,
      '8 of 9 staffed hours within 24 h',
    ],
    [
      'are no cause outside their hours',
      [{ team: 'desk', between: ['2026-12-22T17:00', '2026-12-22T20:00'], people: 2 }],
      1,
      '8 of 9 staffed hours within 24 h',
    ],
    [
      'are a cause when they leave within their hours',
      [{ team: 'desk', between: ['2026-12-22T16:59', '2026-12-22T20:00'], people: 2 }],
      1,
      '7.98 of 9 staffed hours within 24 h: 2 of 2 of desk away until 20:00',
    ],
    [
      'are no cause on other days',
      [
        { team: 'desk', between: ['2026-12-21T00:00', '2026-12-22T00:00'], people: 2 },
        { team: 'desk', between: ['2026-12-23T00:00', '2026-12-24T00:00'], people: 2 },
      ],
      1,
      '8 of 9 staffed hours within 24 h',
    ],
  ])('%s', (_what, away, people, expected) => {
    expect(told(away, 9, people)).toBe(expected);
  });

  it('are counted only behind the fourth cause', () => {
    const away = [1, 2, 3, 4, 5].map((hour) => ({
      team: 'desk',
      between: [`2026-12-22T1${hour - 1}:00`, `2026-12-22T1${hour}:00`] as const,
      people: 2,
    }));
    const until = (hours: readonly number[]): string =>
      hours.map((hour) => `2 of 2 of desk away until 1${hour}:00`).join('; ');

    expect(told(away.slice(0, 4))).toBe(`4 of 9 staffed hours within 24 h: ${until([1, 2, 3, 4])}`);
    expect(told(away)).toBe(`3 of 9 staffed hours within 24 h: ${until([1, 2, 3, 4])}; and 1 more`);
  });
});

describe('a team that is short at the start', () => {
  const during = (start: string, team: TeamDocument): string =>
    explainReason(
      [layerOf({ desk: team }, { during: { desk: 2 } })],
      { layer: 'coverage', rule: 'during: desk' },
      { at: at(start), zone: 'UTC' },
    );

  it.each<[string, TeamDocument, string]>([
    ['2026-12-22T08:00Z', everyDay, 'desk has 0 of 2 people, outside its hours until 09:00'],
    [
      '2026-12-22T10:00Z',
      { ...everyDay, people: 1 },
      'desk has 1 of 2 people: desk is a team of 1',
    ],
    [
      '2026-12-25T10:00Z',
      notAtChristmas,
      'desk has 0 of 2 people until Saturday 26 December 09:00: Friday 25 December is a holiday',
    ],
  ])('at %s is told with its cause', (start, team, expected) => {
    expect(during(start, team)).toBe(expected);
  });
});
