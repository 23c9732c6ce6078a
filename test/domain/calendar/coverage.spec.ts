import { ask } from '../../../domain/calendar/ask.ts';
import type {
  CalendarDocument,
  CoverageDocument,
} from '../../../domain/calendar/calendar-document.ts';
import { placeCoverage } from '../../../domain/calendar/coverage.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import { fits, nextOpen, openStretches } from '../../../domain/calendar/open-stretches.ts';
import { staffingOf } from '../../../domain/calendar/staffing.ts';
import type { Duration } from '../../../domain/duration.ts';
import { instantOf } from '../../../domain/instant.ts';
import { aCalendar, aLayer, at, short } from './reading.ts';

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const nineToFive = { on: { weekdays: workdays }, from: '09:00', to: '17:00' };

/** Two people in UTC from nine to five on workdays, one of whom must be there, unless said otherwise. */
function covered(
  coverage: Partial<CoverageDocument> = {},
  document: Partial<CalendarDocument> = {},
): Partial<CalendarDocument> {
  return {
    coverage: {
      teams: { desk: { people: 2, hours: [nineToFive] } },
      require: { during: { desk: 1 } },
      ...coverage,
    },
    ...document,
  };
}

function rulesAt(
  documents: readonly Partial<CalendarDocument>[],
  asked: string,
  worstCase = 'PT0S',
): readonly string[] {
  const layers = documents.map((each, index) => aLayer(each, `layer ${index}`));
  const { reasons } = judgeSchedule(layers, at(asked), { worstCase: worstCase as Duration });
  return reasons.map(({ layer, rule }) => `${layer}: ${rule}`);
}

/** Staffing of the team `desk`, as `start people` for each step. */
function steps(document: Partial<CalendarDocument>, from: string, to: string): readonly string[] {
  const team = placeCoverage(aCalendar(document), undefined)?.teams.get('desk');
  if (team === undefined) throw new Error('no desk');
  const range = { start: Date.parse(from), end: Date.parse(to) };
  return staffingOf(team, range).map(
    ({ start, people }) => `${short(instantOf(start)) ?? ''} ${people}`,
  );
}

describe('how many of a team are there', () => {
  const team = (desk: Partial<CoverageDocument['teams'][string]>): Partial<CoverageDocument> => ({
    teams: { desk: { people: 2, hours: [nineToFive], ...desk } },
  });

  it.each<[string, Partial<CalendarDocument>, string, string, readonly string[]]>([
    [
      'all inside its hours, nobody outside',
      covered(),
      '2026-11-24T00:00Z',
      '2026-11-25T00:00Z',
      ['2026-11-24T00:00Z 0', '2026-11-24T09:00Z 2', '2026-11-24T17:00Z 0'],
    ],
    [
      'nobody on a date of a set it is off by',
      covered(team({ off: ['xmas'] }), { holidays: { xmas: ['2026-12-25'] } }),
      '2026-12-25T00:00Z',
      '2026-12-26T00:00Z',
      ['2026-12-25T00:00Z 0'],
    ],
    [
      'a night that started before the holiday to its end, and none that starts on it',
      covered(team({ off: ['xmas'], hours: [{ from: '22:00', to: '06:00' }] }), {
        holidays: { xmas: ['2026-12-25'] },
      }),
      '2026-12-25T00:00Z',
      '2026-12-27T00:00Z',
      ['2026-12-25T00:00Z 2', '2026-12-25T06:00Z 0', '2026-12-26T22:00Z 2'],
    ],
    [
      'overlapping entries once',
      covered(team({ hours: [nineToFive, { from: '12:00', to: '20:00' }] })),
      '2026-11-24T00:00Z',
      '2026-11-25T00:00Z',
      ['2026-11-24T00:00Z 0', '2026-11-24T09:00Z 2', '2026-11-24T20:00Z 0'],
    ],
    [
      'absences added up, and never fewer than none',
      covered({
        away: [
          { team: 'desk', between: ['2026-11-24T10:00', '2026-11-24T14:00'], people: 1 },
          { team: 'desk', between: ['2026-11-24T12:00', '2026-11-24T16:00'], people: 2 },
        ],
      }),
      '2026-11-24T09:00Z',
      '2026-11-24T17:00Z',
      ['2026-11-24T09:00Z 2', '2026-11-24T10:00Z 1', '2026-11-24T12:00Z 0', '2026-11-24T16:00Z 2'],
    ],
    [
      'absences that began before the range',
      covered({
        away: [{ team: 'desk', between: ['2026-11-01T00:00', '2026-11-24T12:00'], people: 1 }],
      }),
      '2026-11-24T11:00Z',
      '2026-11-24T13:00Z',
      ['2026-11-24T11:00Z 1', '2026-11-24T12:00Z 2'],
    ],
    [
      'wall clock of its own zone, absences too',
      covered({
        teams: { desk: { people: 2, hours: [nineToFive], zone: 'America/Halifax' } },
        away: [{ team: 'desk', between: ['2026-11-24T10:00', '2026-11-24T11:00'], people: 1 }],
      }),
      '2026-11-24T12:00Z',
      '2026-11-24T22:00Z',
      [
        '2026-11-24T12:00Z 0',
        '2026-11-24T13:00Z 2',
        '2026-11-24T14:00Z 1',
        '2026-11-24T15:00Z 2',
        '2026-11-24T21:00Z 0',
      ],
    ],
    [
      'the day of a gap with an hour less',
      covered(team({ hours: [{ from: '01:00', to: '05:00' }], zone: 'America/Toronto' })),
      '2027-03-14T05:00Z',
      '2027-03-14T12:00Z',
      ['2027-03-14T05:00Z 0', '2027-03-14T06:00Z 2', '2027-03-14T09:00Z 0'],
    ],
    [
      'both occurrences of an overlap',
      covered(team({ hours: [{ from: '01:00', to: '01:30' }], zone: 'America/Toronto' })),
      '2026-11-01T04:00Z',
      '2026-11-01T12:00Z',
      ['2026-11-01T04:00Z 0', '2026-11-01T05:00Z 2', '2026-11-01T06:30Z 0'],
    ],
    [
      'hours over midnight of more than a day',
      covered(
        team({ hours: [{ on: { weekdays: ['fri'] }, from: '18:00', to: '06:00', plusDays: 3 }] }),
      ),
      '2026-11-27T00:00Z',
      '2026-12-01T00:00Z',
      ['2026-11-27T00:00Z 0', '2026-11-27T18:00Z 2', '2026-11-30T06:00Z 0'],
    ],
    [
      'published dates instead of its own, and none of them on a holiday',
      covered(
        team({
          off: ['xmas'],
          hours: [
            {
              ...nineToFive,
              valid: { since: '2026-12-22' },
              replace: [
                { from: '2026-12-23', to: '2026-12-31', dates: ['2026-12-25', '2026-12-26'] },
              ],
            },
          ],
        }),
        { holidays: { xmas: ['2026-12-25'] } },
      ),
      '2026-12-21T00:00Z',
      '2026-12-31T00:00Z',
      [
        '2026-12-21T00:00Z 0',
        '2026-12-22T09:00Z 2',
        '2026-12-22T17:00Z 0',
        '2026-12-26T09:00Z 2',
        '2026-12-26T17:00Z 0',
      ],
    ],
  ])('counts %s', (_name, document, from, to, expected) => {
    expect(steps(document, from, to)).toEqual(expected);
  });

  it('is meant in the zone of the client when the calendar is', () => {
    const layers = [aLayer(covered({}, { zone: 'client' }))];
    const asked = at('2026-11-25T02:00Z');

    expect(judgeSchedule(layers, asked, { clientZone: 'Asia/Tokyo' }).closed).toBe(false);
    expect(judgeSchedule(layers, asked, { clientZone: 'UTC' }).closed).toBe(true);
    expect(() => judgeSchedule(layers, asked)).toThrow('clientZone');
  });
});

describe('people who must be there during the work', () => {
  it.each([
    ['08:59', ['coverage: during: desk']],
    ['09:00', []],
    ['16:59', []],
    ['17:00', ['coverage: during: desk']],
  ])('closes the instant at %s by %j', (time, expected) => {
    expect(rulesAt([covered()], `2026-11-24T${time}Z`)).toEqual(expected);
  });

  it('names each team that is short, and no other', () => {
    const hours = [nineToFive];
    const document = covered({
      teams: { desk: { people: 2, hours }, ops: { people: 1, hours }, sales: { people: 3, hours } },
      require: { during: { desk: 3, ops: 2, sales: 3 } },
    });

    const rules = rulesAt([document], '2026-11-24T12:00Z');

    expect(rules).toEqual(['coverage: during: desk', 'coverage: during: ops']);
  });

  it('stands beside all other reasons, without until', () => {
    const freeze = { name: 'freeze', between: ['2026-11-21T00:00', '2026-11-23T00:00'] as const };
    const layer = aLayer(covered({}, { allow: [nineToFive], deny: [freeze] }));

    const { reasons, nextOpen: opens } = judgeSchedule([layer], at('2026-11-21T12:00Z'));

    expect(reasons).toEqual([
      { layer: 'calendar', rule: 'freeze', until: at('2026-11-23T00:00Z') },
      { layer: 'calendar', rule: 'no allow rule' },
      { layer: 'coverage', rule: 'during: desk' },
    ]);
    expect(short(opens)).toBe('2026-11-23T09:00Z');
  });

  it('says both who leaves and that the worst case does not fit when people leave before it ends', () => {
    const rules = rulesAt([covered()], '2026-11-24T16:30Z', 'PT1H');

    expect(rules).toEqual(['layer 0: worst case does not fit', 'coverage: during: desk']);
    expect(rulesAt([covered()], '2026-11-24T16:00Z', 'PT1H')).toEqual([]);
  });

  it('says only who is short when they are so from the start', () => {
    expect(rulesAt([covered()], '2026-11-24T08:30Z', 'PT1H')).toEqual(['coverage: during: desk']);
  });

  it('says only that the worst case does not fit when a window ends while people stay', () => {
    const document = covered({}, { allow: [{ from: '10:00', to: '12:00' }] });

    expect(rulesAt([document], '2026-11-24T11:30Z', 'PT1H')).toEqual([
      'layer 0: worst case does not fit',
    ]);
  });

  it('never opens what the calendar does not allow', () => {
    const document = { ...covered(), allow: [] };

    expect(rulesAt([document], '2026-11-24T12:00Z')).toEqual(['layer 0: no allow rule']);
    expect(nextOpen([aLayer(document)], at('2026-11-24T12:00Z'))).toBeUndefined();
  });

  it('cuts stretches, windows, fits and nextClose', () => {
    const document = covered({}, { allow: [{ name: 'evening', from: '15:00', to: '20:00' }] });
    const layers = [aLayer(document)];
    const range = { start: at('2026-11-24T00:00Z'), end: at('2026-11-25T00:00Z') };
    const windows = {
      ask: 'windows',
      calendar: { zone: 'UTC', ...document },
      from: range.start,
      to: range.end,
    };

    const cut = { start: '2026-11-24T15:00:00Z', end: '2026-11-24T17:00:00Z', rule: 'evening' };
    expect(
      openStretches(layers, range).map(({ start, end }) => [short(start), short(end)]),
    ).toEqual([['2026-11-24T15:00Z', '2026-11-24T17:00Z']]);
    expect(ask(windows)).toEqual({ windows: [cut] });
    expect(fits(layers, at('2026-11-24T15:00Z'), { worstCase: 'PT2H' as Duration })).toBe(true);
    expect(fits(layers, at('2026-11-24T15:00Z'), { worstCase: 'PT2H1S' as Duration })).toBe(false);
    expect(short(judgeSchedule(layers, at('2026-11-24T15:00Z')).nextClose)).toBe(
      '2026-11-24T17:00Z',
    );
  });

  it('looks only at the time in which two teams overlap', () => {
    const document = covered({
      teams: {
        early: { people: 1, hours: [{ from: '06:00', to: '12:00' }] },
        late: { people: 1, hours: [{ from: '11:30', to: '20:00' }] },
      },
      require: { during: { early: 1, late: 1 } },
    });
    const range = { start: at('2026-11-24T00:00Z'), end: at('2026-11-25T00:00Z') };

    const stretches = openStretches([aLayer(document)], range);

    expect(stretches).toEqual([{ start: at('2026-11-24T11:30Z'), end: at('2026-11-24T12:00Z') }]);
  });

  it('demands nobody when the least is zero', () => {
    expect(rulesAt([covered({ require: { during: { desk: 0 } } })], '2026-11-22T03:00Z')).toEqual(
      [],
    );
  });
});

describe('time that must be staffed after the work', () => {
  const aftercare = (within: string, hours: number): Partial<CoverageDocument> => ({
    require: { aftercare: { within, hours, teams: { desk: 1 } } },
  });

  it.each<[string, Partial<CoverageDocument>, string, string, boolean, string | undefined]>([
    [
      '8 of 24 hours at noon',
      aftercare('PT24H', 8),
      '2026-11-24T12:00Z',
      'PT0S',
      false,
      '2026-11-24T12:00Z',
    ],
    [
      '7:59 on Friday',
      aftercare('PT24H', 8),
      '2026-11-27T09:01Z',
      'PT0S',
      true,
      '2026-11-29T17:00Z',
    ],
    [
      'the exact eight hours',
      aftercare('PT24H', 8),
      '2026-11-27T09:00Z',
      'PT0S',
      false,
      '2026-11-27T09:00Z',
    ],
    [
      'work that takes its share',
      aftercare('PT24H', 8),
      '2026-11-27T08:00Z',
      'PT1H',
      false,
      '2026-11-27T08:00Z',
    ],
    [
      'work that takes a minute too much',
      aftercare('PT24H', 8),
      '2026-11-27T08:00Z',
      'PT61M',
      true,
      '2026-11-29T15:59Z',
    ],
    [
      'a fraction of an hour',
      aftercare('PT1H', 0.25),
      '2026-11-24T08:15Z',
      'PT0S',
      false,
      '2026-11-24T08:15Z',
    ],
    [
      'a little less than it',
      aftercare('PT1H', 0.26),
      '2026-11-24T08:15Z',
      'PT0S',
      true,
      '2026-11-24T08:16Z',
    ],
    [
      'a fraction no binary number has',
      aftercare('PT1H', 0.29),
      '2026-11-24T08:17:24Z',
      'PT0S',
      false,
      '2026-11-24T08:17:24Z',
    ],
    [
      'an asked instant of seconds that is open',
      aftercare('PT1H', 0.5),
      '2026-11-24T08:30:01Z',
      'PT0S',
      false,
      '2026-11-24T08:30:01Z',
    ],
    [
      'seconds rounded up to the minute',
      aftercare('PT59M30S', 0.5),
      '2026-11-24T08:00Z',
      'PT0S',
      true,
      '2026-11-24T08:31Z',
    ],
    ['more hours than fit', aftercare('PT2H', 3), '2026-11-24T08:00Z', 'PT0S', true, undefined],
    ['no hours', aftercare('PT2H', 0), '2026-11-22T08:00Z', 'PT0S', false, '2026-11-22T08:00Z'],
    ['no time within which', aftercare('PT0S', 1), '2026-11-24T10:00Z', 'PT0S', true, undefined],
  ])('judges %s', (_name, coverage, asked, worstCase, closed, opens) => {
    const scope = { worstCase: worstCase as Duration };
    const layers = [aLayer(covered(coverage))];

    const verdict = judgeSchedule(layers, at(asked), scope);

    expect(verdict.closed).toBe(closed);
    expect(verdict.reasons).toEqual(closed ? [{ layer: 'coverage', rule: 'aftercare' }] : []);
    expect(short(verdict.nextOpen)).toBe(opens);
    expect(short(nextOpen(layers, at(asked), scope))).toBe(opens);
    expect(verdict.horizon === undefined).toBe(opens !== undefined);
  });

  it('counts only the time in which all teams are there at once', () => {
    const document = covered({
      teams: {
        early: { people: 1, hours: [{ from: '06:00', to: '12:00' }] },
        late: { people: 2, hours: [{ from: '10:00', to: '20:00' }] },
      },
      require: { aftercare: { within: 'PT24H', hours: 2, teams: { early: 1, late: 2 } } },
      away: [{ team: 'late', between: ['2026-11-25T10:00', '2026-11-25T10:01'], people: 1 }],
    });

    expect(rulesAt([document], '2026-11-23T13:00Z')).toEqual([]);
    expect(rulesAt([document], '2026-11-24T13:00Z')).toEqual(['coverage: aftercare']);
  });

  it('cuts neither windows nor nextClose nor what fits', () => {
    const document = covered(aftercare('PT24H', 8), { allow: [{ from: '06:00', to: '12:00' }] });
    const layers = [aLayer(document)];
    const range = { start: at('2026-11-27T00:00Z'), end: at('2026-11-28T00:00Z') };

    expect(openStretches(layers, range)).toEqual([
      { start: at('2026-11-27T06:00Z'), end: at('2026-11-27T12:00Z') },
    ]);
    expect(fits(layers, at('2026-11-27T11:00Z'))).toBe(true);
    expect(short(judgeSchedule(layers, at('2026-11-27T08:00Z')).nextClose)).toBe(
      '2026-11-27T12:00Z',
    );
  });

  it('finds the first whole minute inside a window that begins between two', () => {
    const allow = [{ between: ['2026-11-24T08:00:30', '2026-11-24T08:05:00'] as const }];
    const without = aLayer({ allow });
    const layer = aLayer(covered(aftercare('PT24H', 8), { allow }));

    expect(short(nextOpen([without], at('2026-11-24T08:00Z')))).toBe('2026-11-24T08:00:30Z');
    expect(short(nextOpen([layer], at('2026-11-24T08:00Z')))).toBe('2026-11-24T08:01Z');
  });

  it('passes over a window that holds no whole minute', () => {
    const allow = [
      { between: ['2026-11-24T08:00:10', '2026-11-24T08:00:50'] as const },
      { between: ['2026-11-24T10:00', '2026-11-24T10:01'] as const },
    ];
    const layer = aLayer(covered(aftercare('PT24H', 1), { allow }));

    expect(short(nextOpen([layer], at('2026-11-24T08:00Z')))).toBe('2026-11-24T10:00Z');
  });

  it('keeps to the digits behind the millisecond', () => {
    const calendar = { zone: 'UTC', allow: 'always', ...covered(aftercare('PT24H', 8)) };
    const state = (asked: string) => ask({ ask: 'state', calendar, at: asked });

    expect(state('2026-11-27T08:59:59.9999Z')).toMatchObject({ closed: false });
    expect(state('2026-11-27T09:00:00.0001Z')).toMatchObject({
      closed: true,
      nextOpen: '2026-11-29T17:00:00Z',
    });
    expect(state('2026-11-29T16:59:59.9999Z')).toMatchObject({
      closed: true,
      nextOpen: '2026-11-29T17:00:00Z',
    });
  });

  it('looks at people beyond the horizon for a start before it', () => {
    const hours = [{ on: { dates: ['2028-11-24'] }, from: '12:00', to: '20:00' }];
    const document = covered({ ...aftercare('PT24H', 8), teams: { desk: { people: 1, hours } } });

    const reached = judgeSchedule([aLayer(document)], at('2026-11-23T20:00Z'));
    const missed = judgeSchedule([aLayer(document)], at('2026-11-23T19:59Z'));

    expect(short(reached.nextOpen)).toBe('2028-11-23T20:00Z');
    expect(short(missed.horizon)).toBe('2028-11-23T19:59Z');
    expect(missed.nextOpen).toBeUndefined();
  });
});

describe('coverage in several layers', () => {
  const night = { desk: { people: 1, hours: [{ from: '16:00', to: '23:00' }] } };

  it('counts in every layer, and a team short in two is named once', () => {
    const documents = [covered(), covered({ teams: night })];

    expect(rulesAt(documents, '2026-11-24T16:30Z')).toEqual([]);
    expect(rulesAt(documents, '2026-11-24T12:00Z')).toEqual(['coverage: during: desk']);
    expect(rulesAt(documents, '2026-11-24T02:00Z')).toEqual(['coverage: during: desk']);
  });

  it('finds the first start after which each layer has its aftercare', () => {
    const after = (within: string, hours: number) => ({
      require: { aftercare: { within, hours, teams: { desk: 1 } } },
    });
    const layers = [
      aLayer(covered(after('PT8H', 2)), 'vendor'),
      aLayer(covered({ ...after('PT12H', 4), teams: night }), 'policy'),
    ];

    const verdict = judgeSchedule(layers, at('2026-11-24T05:00Z'));

    expect(verdict.reasons).toEqual([{ layer: 'coverage', rule: 'aftercare' }]);
    expect(short(verdict.nextOpen)).toBe('2026-11-24T08:00Z');
  });

  it('holds for a client whose agreement replaces the allow rules', () => {
    const vendor = aLayer(covered({}, { allow: [{ from: '02:00', to: '03:00' }] }), 'vendor');
    const agreement = { ...aLayer({}, 'agreement'), replacesAllow: true as const };

    const verdict = judgeSchedule([vendor, agreement], at('2026-11-24T02:30Z'));

    expect(verdict.reasons).toEqual([{ layer: 'coverage', rule: 'during: desk' }]);
    expect(short(verdict.nextOpen)).toBe('2026-11-24T09:00Z');
  });
});
