import { ask } from '../../../domain/calendar/ask.ts';
import type {
  CalendarDocument,
  CalendarRuleDocument,
} from '../../../domain/calendar/calendar-document.ts';

const utc = (document: Partial<CalendarDocument>): CalendarDocument => ({
  zone: 'UTC',
  ...document,
});

/** The windows of one rule that touch a range, `start/end` in UTC without seconds. */
function windows(
  rule: CalendarRuleDocument,
  [from, to]: readonly [string, string],
  others: object = {},
): readonly string[] {
  const calendar = utc({ allow: [rule] });
  const answer = ask({ ask: 'windows', calendar, from: `${from}Z`, to: `${to}Z`, ...others });
  const found = answer['windows'] as readonly { start: string; end: string }[];
  return found.map(({ start, end }) => `${start}/${end}`.replaceAll(':00Z', ''));
}

function state(document: Partial<CalendarDocument>, at: string, others: object = {}): object {
  return ask({ ask: 'state', calendar: utc(document), at, ...others });
}

describe('the dates on which a rule holds', () => {
  const july = { from: '2026-07-01', to: '2026-07-31' };
  const tuesdays: CalendarRuleDocument = { on: { weekdays: ['tue'] }, from: '20:00', to: '23:00' };

  it('are start dates, both inclusive: the last night still runs into the next day', () => {
    const rule = {
      from: '22:00',
      to: '05:00',
      valid: { since: '2026-11-10', until: '2026-11-11' },
    };

    expect(windows(rule, ['2026-11-01T00:00', '2026-12-01T00:00'])).toEqual([
      '2026-11-10T22:00/2026-11-11T05:00',
      '2026-11-11T22:00/2026-11-12T05:00',
    ]);
  });

  it.each([
    ['holds', '2026-12-15', ['2026-12-15T12:00/2027-01-05T00:00']],
    ['does not hold', '2026-12-16', []],
  ])('are asked of the start of a span, which %s from then on', (_what, since, expected) => {
    const rule: CalendarRuleDocument = {
      between: ['2026-12-15T12:00', '2027-01-05T00:00'],
      valid: { since },
    };

    expect(windows(rule, ['2026-12-01T00:00', '2027-02-01T00:00'])).toEqual(expected);
  });

  it('are the published ones in a replaced span, on whatever weekday', () => {
    const rule = { ...tuesdays, replace: [{ ...july, dates: ['2026-07-08', '2026-07-31'] }] };

    expect(windows(rule, ['2026-06-25T00:00', '2026-08-08T00:00'])).toEqual([
      '2026-06-30T20:00/2026-06-30T23:00',
      '2026-07-08T20:00/2026-07-08T23:00',
      '2026-07-31T20:00/2026-07-31T23:00',
      '2026-08-04T20:00/2026-08-04T23:00',
    ]);
  });

  it('are none in a replaced span without published dates', () => {
    const rule = { ...tuesdays, replace: [{ ...july, dates: [] }] };

    expect(windows(rule, ['2026-07-01T00:00', '2026-08-01T00:00'])).toEqual([]);
  });

  it('limit published dates too', () => {
    const rule = {
      ...tuesdays,
      valid: { until: '2026-07-10' },
      replace: [{ ...july, dates: ['2026-07-10', '2026-07-11'] }],
    };

    expect(windows(rule, ['2026-07-08T00:00', '2026-08-08T00:00'])).toEqual([
      '2026-07-10T20:00/2026-07-10T23:00',
    ]);
  });

  it('may be replaced in several spans, in any order, for a rule of every day', () => {
    const rule = {
      from: '20:00',
      to: '23:00',
      replace: [
        { from: '2026-07-03', to: '2026-07-04', dates: ['2026-07-04'] },
        { from: '2026-07-01', to: '2026-07-02', dates: ['2026-07-01'] },
      ],
    };

    const found = windows(rule, ['2026-07-01T00:00', '2026-07-06T00:00']);

    expect(found.map((each) => each.slice(8, 10))).toEqual(['01', '04', '05']);
  });
});

describe('hours', () => {
  it.each<[string, CalendarRuleDocument, readonly string[]]>([
    [
      'end the next day when they end before they start',
      { from: '22:00', to: '05:00' },
      ['2026-11-27T22:00/2026-11-28T05:00'],
    ],
    [
      'may end days later',
      { from: '18:00', to: '06:00', plusDays: 3 },
      ['2026-11-27T18:00/2026-11-30T06:00'],
    ],
    [
      'may last a day',
      { from: '18:00', to: '18:00', plusDays: 1 },
      ['2026-11-27T18:00/2026-11-28T18:00'],
    ],
    ['are the whole day when there are none', {}, ['2026-11-27T00:00/2026-11-28T00:00']],
    ['may end at midnight', { from: '18:00', to: '24:00' }, ['2026-11-27T18:00/2026-11-28T00:00']],
    [
      'may end at midnight of a later day',
      { from: '18:00', to: '24:00', plusDays: 1 },
      ['2026-11-27T18:00/2026-11-29T00:00'],
    ],
    [
      'may end at the midnight after, said either way',
      { from: '18:00', to: '00:00' },
      ['2026-11-27T18:00/2026-11-28T00:00'],
    ],
  ])('%s', (_what, hours, expected) => {
    const rule: CalendarRuleDocument = { on: { dates: ['2026-11-27'] }, ...hours };

    expect(windows(rule, ['2026-11-25T00:00', '2026-12-05T00:00'])).toEqual(expected);
  });

  it('of a window that began before the range count from the range on', () => {
    const rule: CalendarRuleDocument = {
      on: { weekdays: ['fri'] },
      from: '18:00',
      to: '06:00',
      plusDays: 30,
    };

    expect(windows(rule, ['2026-11-26T00:00', '2026-11-26T12:00'])).toEqual(
      Array(4).fill('2026-11-26T00:00/2026-11-26T12:00'),
    );
  });
});

describe('kinds and tags', () => {
  const document = {
    allow: [
      { name: 'all', on: { weekdays: ['tue'] } },
      { name: 'emergency', kinds: ['hotfix', 'security'], tags: ['ready', 'big'] },
    ].map((each) => ({ from: '08:00', to: '09:00', ...each }) as CalendarRuleDocument),
    deny: [{ name: 'freeze', kinds: ['release'], from: '00:00', to: '24:00' }],
  };
  const tuesday = '2026-11-24T08:30:00Z';
  const wednesday = '2026-11-25T08:30:00Z';

  it.each<[string, string, object, readonly string[]]>([
    ['every rule counts without a kind', tuesday, {}, ['freeze']],
    ['a deny rule speaks of its kinds alone', tuesday, { kind: 'hotfix' }, []],
    ['a rule without kinds speaks of every kind', tuesday, { kind: 'other' }, []],
    ['a client without tags has no tagged rule', wednesday, { kind: 'hotfix' }, ['no allow rule']],
    [
      'a client needs all tags of a rule',
      wednesday,
      { kind: 'hotfix', tags: ['ready'] },
      ['no allow rule'],
    ],
    [
      'a client with all tags and others has it',
      wednesday,
      { kind: 'hotfix', tags: ['x', 'big', 'ready'] },
      [],
    ],
    [
      'an allow rule of another kind allows nothing',
      wednesday,
      { kind: 'release', tags: ['big', 'ready'] },
      ['freeze', 'no allow rule'],
    ],
  ])('%s', (_what, at, asked, rules) => {
    const answer = state(document, at, asked);

    expect(answer).toMatchObject({
      closed: rules.length > 0,
      reasons: rules.map((rule) => ({ rule })),
    });
  });

  it('narrow the windows as well', () => {
    const rule = { from: '08:00', to: '09:00', kinds: ['hotfix'], tags: ['ready'] };
    const day = ['2026-11-25T00:00', '2026-11-26T00:00'] as const;

    expect(windows(rule, day)).toHaveLength(0);
    expect(windows(rule, day, { tags: ['ready'] })).toHaveLength(1);
    expect(windows(rule, day, { tags: ['ready'], kind: 'release' })).toHaveLength(0);
  });
});

describe('what closes an instant', () => {
  it('is everything that denies it, and the missing permission, by names or places', () => {
    const answer = state(
      {
        allow: [{ on: { weekdays: ['mon'] } }],
        deny: [
          { from: '00:00', to: '01:00' },
          { on: { weekdays: ['tue'] } },
          { on: { weekdays: ['wed'] } },
        ],
      },
      '2026-11-24T00:30:00Z',
    );

    expect(answer).toEqual({
      closed: true,
      reasons: [
        { layer: 'calendar', rule: 'deny[0]', until: '2026-11-24T01:00:00Z' },
        { layer: 'calendar', rule: 'deny[1]', until: '2026-11-25T00:00:00Z' },
        { layer: 'calendar', rule: 'no allow rule' },
      ],
      nextOpen: '2026-11-30T01:00:00Z',
    });
  });

  it('is closed by a rule until its own unbroken closure ends', () => {
    const weekend: CalendarRuleDocument = { on: { weekdays: ['sat', 'sun'] } };
    const christmas: CalendarRuleDocument = { on: { dates: ['2026-11-30'] } };

    const answer = state({ allow: 'always', deny: [weekend, christmas] }, '2026-11-28T12:00:00Z');

    expect(answer).toMatchObject({
      reasons: [{ rule: 'deny[0]', until: '2026-11-30T00:00:00Z' }],
      nextOpen: '2026-12-01T00:00:00Z',
    });
  });

  it('is nothing at the instant a rule ends, and the rule at the instant it begins', () => {
    const deny: CalendarRuleDocument[] = [{ between: ['2026-12-15T00:00', '2026-12-16T00:00'] }];

    const closed = [
      '2026-12-14T23:59:59.999Z',
      '2026-12-15T00:00:00Z',
      '2026-12-15T23:59:59.999999999Z',
      '2026-12-16T00:00:00Z',
    ].map((at) => state({ allow: 'always', deny }, at));

    expect(closed).toMatchObject([
      { closed: false },
      { closed: true },
      { closed: true },
      { closed: false },
    ]);
  });
});

describe('the horizon', () => {
  const at = '2026-11-25T12:00:00Z';
  const horizon = '2028-11-25T12:00:00Z';

  it.each<[string, Partial<CalendarDocument>, object]>([
    [
      'is named when nothing opens',
      {},
      { closed: true, reasons: [{ layer: 'calendar', rule: 'no allow rule' }], horizon },
    ],
    [
      'is not named when something opens on it',
      { allow: [{ between: ['2028-11-25T12:00', '2028-11-26T00:00'] }] },
      { closed: true, reasons: [{ layer: 'calendar', rule: 'no allow rule' }], nextOpen: horizon },
    ],
    [
      'ends the search a second before what opens later',
      { allow: [{ between: ['2028-11-25T12:00:01', '2028-11-26T00:00'] }] },
      { closed: true, reasons: [{ layer: 'calendar', rule: 'no allow rule' }], horizon },
    ],
    [
      'keeps an end that lies on it',
      { allow: [{ between: ['2026-01-01T00:00', '2028-11-25T12:00'] }] },
      { closed: false, reasons: [], nextOpen: at, nextClose: horizon },
    ],
    [
      'leaves out an end that lies beyond it',
      { allow: [{ between: ['2026-01-01T00:00', '2028-11-25T12:00:01'] }] },
      { closed: false, reasons: [], nextOpen: at },
    ],
    [
      'leaves out an end that never comes',
      { allow: 'always' },
      { closed: false, reasons: [], nextOpen: at },
    ],
    [
      'leaves out an until that lies beyond it',
      { allow: 'always', deny: [{ on: { not: { dates: [] } } }] },
      { closed: true, reasons: [{ layer: 'calendar', rule: 'deny[0]' }], horizon },
    ],
  ])('%s', (_what, document, expected) => {
    expect(state(document, at)).toEqual(expected);
  });

  it('is 28 February for a leap day, which has no date two years later', () => {
    expect(state({}, '2028-02-29T12:00:00Z')).toMatchObject({ horizon: '2030-02-28T12:00:00Z' });
  });
});

describe('work that takes its time', () => {
  const nights: CalendarRuleDocument[] = [
    { on: { dates: ['2026-11-25'] }, from: '20:00', to: '22:00' },
    { on: { dates: ['2026-11-25'] }, from: '22:00', to: '23:00' },
    { on: { dates: ['2026-11-27'] }, from: '20:00', to: '24:00' },
    { on: { dates: ['2026-11-28'] }, from: '00:00', to: '04:00' },
  ];

  it.each<[string, string, string, string]>([
    [
      'fits to the second into windows that touch',
      '2026-11-25T20:00:00Z',
      'PT3H',
      '2026-11-25T20:00:00Z',
    ],
    [
      'waits for a longer stretch when it is a second too long',
      '2026-11-25T20:00:00Z',
      'PT3H1S',
      '2026-11-27T20:00:00Z',
    ],
    [
      'does not fit a nanosecond later',
      '2026-11-25T20:00:00.000000001Z',
      'PT3H',
      '2026-11-27T20:00:00Z',
    ],
    ['crosses midnight', '2026-11-25T23:00:00Z', 'PT8H', '2026-11-27T20:00:00Z'],
    ['may start late in a stretch', '2026-11-27T23:30:00Z', 'PT4H30M', '2026-11-27T23:30:00Z'],
  ])('%s', (_what, at, worstCase, nextOpen) => {
    expect(state({ allow: nights }, at, { worstCase })).toMatchObject({ nextOpen });
  });

  it('is a reason of its own, and only where nothing else closes', () => {
    const reasons = ['2026-11-25T20:30:00Z', '2026-11-25T19:30:00Z'].map((at) =>
      state({ allow: nights }, at, { worstCase: 'PT3H' }),
    );

    expect(reasons).toMatchObject([
      { closed: true, reasons: [{ layer: 'calendar', rule: 'worst case does not fit' }] },
      { closed: true, reasons: [{ layer: 'calendar', rule: 'no allow rule' }] },
    ]);
  });

  it('counts a day as 24 hours, also when the clocks change', () => {
    const document = {
      zone: 'America/Toronto',
      allow: [{ between: ['2027-03-13T12:00', '2027-03-14T12:00'] as const }],
    };

    const closed = ['PT23H', 'P1D'].map((worstCase) =>
      state(document, '2027-03-13T17:00:00Z', { worstCase }),
    );

    expect(closed).toMatchObject([{ closed: false }, { closed: true }]);
  });

  it('never fits when it takes longer than anything is open', () => {
    const answer = state({ allow: nights }, '2026-11-25T20:00:00Z', { worstCase: 'P99999999999D' });

    expect(answer).toMatchObject({ closed: true, horizon: '2028-11-25T20:00:00Z' });
  });

  it('does not shorten the windows', () => {
    const day = ['2026-11-25T00:00', '2026-11-26T00:00'] as const;

    expect(windows({ from: '20:00', to: '22:00' }, day, { worstCase: 'PT3H' })).toHaveLength(1);
  });
});
