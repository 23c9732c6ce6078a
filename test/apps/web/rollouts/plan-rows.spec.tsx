import { describe, expect, it } from '@jest/globals';
import type { Plan, PlanRow } from '../../../../apps/web/src/api/types.ts';
import {
  clientsByWarning,
  countsOf,
  differenceOf,
  linesOf,
  placeIn,
  rowsOf,
  shareOf,
  spanOf,
  weekendsOf,
} from '../../../../apps/web/src/rollouts/plan/plan-rows.ts';

const plannedAt = '2026-11-25T10:00:00.000Z';
const everything = { filter: 'all', cohort: null, text: '' } as const;

describe('the rows of a plan', () => {
  const plan = aPlan([
    aRow('north', { cohort: 'Rest', slotStart: '2026-12-10T20:00:00.000Z' }),
    aRow('east', { cohort: 'Pilot', slotStart: '2026-12-03T20:00:00.000Z' }),
    aRow('west', { cohort: 'Rest', slotStart: null, reasons: ['its own freeze'] }),
    aRow('south', { cohort: 'Pilot', slotStart: '2026-12-02T20:00:00.000Z', differs: ['lead'] }),
  ]);

  it.each([
    [everything, ['south', 'east', 'west', 'north']],
    [{ ...everything, filter: 'unplaced' }, ['west']],
    [{ ...everything, filter: 'differs' }, ['south']],
    [{ ...everything, cohort: 'Rest' }, ['west', 'north']],
    [{ ...everything, text: ' EAS' }, ['east']],
    [{ ...everything, filter: 'moved' }, []],
  ] as const)('are found and ordered by cohort and date: %#', (search, keys) => {
    expect(rowsOf(plan, search).map(({ key }) => key)).toEqual(keys);
  });

  it('are counted for each filter', () => {
    expect(countsOf(plan)).toEqual({ all: 4, unplaced: 1, differs: 1, moved: 0 });
  });

  it('stay usable with ten thousand clients', () => {
    const rows = Array.from({ length: 10_000 }, (_, index) =>
      aRow(`c${index}`, { slotStart: '2026-12-03T20:00:00.000Z' }),
    );

    expect(rowsOf(aPlan(rows), { ...everything, text: 'c9999' })).toHaveLength(1);
    expect(spanOf(aPlan(rows)).endMs).toBe(Date.parse('2026-12-05T00:00Z'));
  });

  it('lie between the day of planning and the last slot', () => {
    const span = spanOf(plan);

    expect(placeIn(span, '2026-11-25T00:00:00.000Z')).toBe(0);
    expect(placeIn(span, '2026-12-12T00:00:00.000Z')).toBe(100);
    expect(placeIn(span, '2030-01-01T00:00:00.000Z')).toBe(100);
  });
});

describe('the lanes of a plan', () => {
  it('head each cohort with how many of it have a date, and when', () => {
    const rows = [
      aRow('east', { cohort: 'Pilot', slotStart: '2026-12-03T20:00:00.000Z' }),
      aRow('west', { slotStart: null }),
      aRow('north', { slotStart: '2026-12-10T20:00:00.000Z' }),
      aRow('south', { slotStart: '2026-12-08T20:00:00.000Z' }),
    ];

    const lines = linesOf(rows).map((line) =>
      line.kind === 'cohort' ? `${line.name}: ${line.text}` : line.row.key,
    );

    expect(lines).toEqual([
      'Pilot: 1 of 1 client with a date · Thu 3 Dec',
      'east',
      'Rest: 2 of 3 clients with a date · Tue 8 Dec – Thu 10 Dec',
      'west',
      'north',
      'south',
    ]);
  });

  it('say that nobody of a cohort has a date', () => {
    expect(linesOf([aRow('west')])[0]).toMatchObject({ text: '0 of 1 client with a date' });
  });
});

describe('the weekends of a plan', () => {
  it.each([
    ['2026-11-25', '2026-12-01', [['2026-11-28', 2]]],
    ['2026-11-28', '2026-11-29', [['2026-11-28', 1]]],
    [
      '2026-11-29',
      '2026-12-07',
      [
        ['2026-11-29', 1],
        ['2026-12-05', 2],
      ],
    ],
    ['2026-11-23', '2026-11-28', []],
  ])('from %s up to %s are shaded', (from, to, weekends) => {
    const span = { startMs: Date.parse(from), endMs: Date.parse(to) };

    expect(weekendsOf(span).map(({ at, days }) => [at.slice(0, 10), days])).toEqual(weekends);
  });
});

describe('a day against its limit', () => {
  it.each([
    [0, 4, 0],
    [1, 3, 33],
    [4, 4, 100],
    [5, 4, 100],
    [0, 0, 100],
  ])('with %i of %i at once is %i per cent full', (busiest, limit, share) => {
    expect(shareOf({ busiest, limit })).toBe(share);
  });
});

it('warnings of many clients are read as one each', () => {
  const groups = clientsByWarning([
    { client: 'a', name: 'A', warning: 'nobody to inform' },
    { client: 'b', name: 'B', warning: 'no reachable approver' },
    { client: 'c', name: 'C', warning: 'nobody to inform' },
  ]);

  expect([...groups].map(([warning, clients]) => [warning, clients.length])).toEqual([
    ['nobody to inform', 2],
    ['no reachable approver', 1],
  ]);
});

describe('the difference of two plans', () => {
  it('names who has another date, and counts who keeps it', () => {
    const stays = aRow('stays', { slotStart: '2026-12-02T20:00:00.000Z' });
    const before = aPlan([stays, aRow('moves', { slotStart: '2026-12-03T20:00:00.000Z' })]);
    const after = aPlan([stays, aRow('moves', { slotStart: null, reasons: ['the new freeze'] })]);

    const { moves, same } = differenceOf(before, after);

    expect(same).toBe(1);
    expect(moves).toMatchObject([
      { key: 'moves', from: '2026-12-03T20:00:00.000Z', to: null, reason: 'the new freeze' },
    ]);
  });
});

function aPlan(clients: PlanRow[]): Plan {
  return {
    id: 'p',
    hash: 'h',
    plannedAt,
    change: '8.4.0',
    build: null,
    policy: 'visible-release',
    rolloutId: null,
    summary: '',
    cohorts: ['Pilot', 'Rest'].map((name) => ({ name, clients: 0 })),
    clients,
    warnings: [],
    difference: null,
    likeDiffers: [],
    capacity: [],
  };
}

function aRow(key: string, differences: Partial<PlanRow> = {}): PlanRow {
  const slotStart = differences.slotStart ?? null;
  return {
    key,
    name: key,
    zone: 'UTC',
    cohort: 'Rest',
    consent: 'inform',
    noAnswerRule: 'wait',
    placed: slotStart !== null,
    kept: false,
    previewAt: null,
    answerBy: null,
    noticeAt: null,
    noticeDeadline: null,
    slotLatestEnd: slotStart,
    localStart: slotStart === null ? null : slotStart.slice(0, 19),
    reasons: [],
    differs: [],
    relaxation: null,
    whyMoved: null,
    pinned: null,
    missingTranslation: false,
    ...differences,
    slotStart,
  };
}
