import { layerFrom } from '../../../../domain/calendar/calendar-layer.ts';
import {
  longestStretch,
  rulesAt,
  rulesInTheWay,
} from '../../../../domain/rollout/planning/rules-in-the-way.ts';
import { duration } from '../plan-input-of.ts';

const hour = 3_600_000;
const at = (text: string): number => Date.parse(`${text}:00Z`);
/** Tuesday 1 December 2026 and the six days after it. */
const week = { start: at('2026-12-01T00:00'), end: at('2026-12-08T00:00') };

const evenings = { name: 'Evenings', from: '20:00', to: '23:00' };
const mornings = { name: 'Mornings', from: '06:00', to: '09:00' };
const on = (name: string, ...dates: readonly string[]) => ({ name, on: { dates } });
const calendar = (differences: Record<string, unknown>) => ({ zone: 'UTC', ...differences });

type Layers = Readonly<Record<string, Record<string, unknown>>>;

function asked(layers: Layers, scope: { readonly kind?: string } = {}) {
  const entries = Object.entries(layers);
  return {
    layers: entries.map(([layer, differences]) => layerFrom(layer, calendar(differences))),
    scope,
    worstCaseMs: hour,
  };
}

it.each<readonly [string, Layers, readonly string[]]>([
  ['nothing where nothing is closed', { policy: { allow: 'always' } }, []],
  [
    'each denial that takes allowed time, once, and none that takes other time',
    {
      vendor: {
        allow: 'always',
        deny: [on('Fair', '2026-12-02'), on('Fair', '2026-12-03'), on('Spring', '2027-03-01')],
      },
      policy: {
        allow: [evenings],
        deny: [{ name: 'Lunch', from: '12:00', to: '13:00' }, on('Summit', '2026-12-04')],
      },
    },
    ['Fair (vendor)', 'Summit (policy)'],
  ],
  [
    'whose allow rules leave nothing, with what they deny in that time',
    {
      vendor: { deny: [on('Fair', '2026-12-02'), on('Spring', '2027-03-01')] },
      policy: { allow: [evenings], deny: [on('Summit', '2026-12-04')] },
    },
    ['no allow rule (vendor)', 'Fair (vendor)'],
  ],
  [
    'that allowed times do not meet',
    {
      vendor: { allow: 'always' },
      policy: { allow: [evenings] },
      client: { allow: [mornings] },
    },
    ['the allowed times of policy and client do not meet'],
  ],
])('names %s', (_, layers, rules) => {
  expect(rulesInTheWay(asked(layers), week)).toEqual(rules);
});

it('names only rules that speak of the kind of change', () => {
  const deny = [{ ...on('Releases rest', '2026-12-02'), kinds: ['release'] }];
  const layers = { vendor: { allow: 'always', deny } };

  expect(rulesInTheWay(asked(layers, { kind: 'release' }), week)).toEqual([
    'Releases rest (vendor)',
  ]);
  expect(rulesInTheWay(asked(layers, { kind: 'hotfix' }), week)).toEqual([]);
});

it('names nothing in no time', () => {
  const layers = { vendor: {} };
  const moment = { start: week.start, end: week.start };

  expect(rulesInTheWay(asked(layers), week)).toEqual(['no allow rule (vendor)']);
  expect(rulesInTheWay(asked(layers), moment)).toEqual([]);
  expect(rulesInTheWay(asked(layers), { start: week.end, end: week.start })).toEqual([]);
});

describe('of coverage', () => {
  const team = (from: string, to: string) => ({ people: 1, hours: [{ from, to }] });
  const teams = { help: team('00:00', '24:00'), day: team('09:00', '17:00') };
  const staffed = (require: unknown, deny: readonly unknown[] = []) => ({
    vendor: { allow: 'always', deny, coverage: { teams, require } },
    policy: { allow: [evenings] },
  });

  it.each<readonly [string, unknown, readonly string[]]>([
    ['a team that is not there in allowed time', { day: 1 }, ['during: day (coverage)']],
    ['no team that is there then', { help: 1 }, []],
    [
      'each team that is short',
      { help: 2, day: 1 },
      ['during: help (coverage)', 'during: day (coverage)'],
    ],
  ])('names %s', (_, during, rules) => {
    expect(rulesInTheWay(asked(staffed({ during })), week)).toEqual(rules);
  });

  it('names no team that is short only where something is denied anyway', () => {
    const daily = { name: 'Nights', from: '17:00', to: '24:00' };

    expect(rulesInTheWay(asked(staffed({ during: { day: 1 } }, [daily])), week)).toEqual([
      'Nights (vendor)',
    ]);
  });

  it.each<readonly [string, number, readonly string[]]>([
    ['aftercare that is too little', 9, ['aftercare (coverage)']],
    ['nothing where it is enough', 8, []],
  ])('names %s', (_, hours, rules) => {
    const aftercare = { within: 'PT24H', hours, teams: { day: 1 } };

    expect(rulesInTheWay(asked(staffed({ aftercare })), week)).toEqual(rules);
  });

  it('names both who is missing then and after', () => {
    const aftercare = { within: 'PT24H', hours: 9, teams: { day: 1 } };
    const layers = staffed({ during: { day: 1 }, aftercare });

    expect(rulesInTheWay(asked(layers), week)).toEqual([
      'during: day (coverage)',
      'aftercare (coverage)',
    ]);
  });
});

it('names every rule that closes one moment', () => {
  const layers = {
    vendor: { allow: 'always', deny: [on('Fair', '2026-12-02')] },
    policy: { allow: [evenings] },
  };
  const at22 = { ...asked(layers), worstCase: duration('PT2H') };

  expect(rulesAt(at22, at('2026-12-02T12:00'))).toEqual([
    'Fair (vendor)',
    'no allow rule (policy)',
  ]);
  expect(rulesAt(at22, at('2026-12-03T22:00'))).toEqual(['worst case does not fit (policy)']);
  expect(rulesAt(at22, at('2026-12-03T21:00'))).toEqual([]);
});

it('measures the longest stretch that is open in all layers', () => {
  const layers = {
    vendor: { allow: 'always', deny: [{ name: 'Fair', from: '20:00', to: '22:15' }] },
    policy: { allow: [mornings, evenings], deny: [{ name: 'Rush', from: '06:30', to: '09:00' }] },
  };

  expect(longestStretch(asked(layers), week)).toBe(45 * 60_000);
  expect(longestStretch(asked({ vendor: {} }), week)).toBe(0);
  expect(longestStretch(asked(layers), { start: week.end, end: week.start })).toBe(0);
});
