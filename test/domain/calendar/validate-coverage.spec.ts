import { validateCalendar } from '../../../domain/calendar/validate-calendar.ts';

const hours = [{ on: { weekdays: ['mon'] }, from: '09:00', to: '17:00' }];
const desk = { people: 2, hours };
const require = { during: { desk: 1 } };
const aftercare = { within: 'PT24H', hours: 8, teams: { desk: 1 } };

/** `code path` of everything that is wrong with the coverage. */
function problemsOf(coverage: unknown): readonly string[] {
  const document = { zone: 'UTC', allow: 'always', holidays: { xmas: ['2026-12-25'] }, coverage };
  return validateCalendar(document).map(({ code, path }) => `${code} ${path}`);
}

const ofDesk = (team: object): object => ({ teams: { desk: { ...desk, ...team } }, require });
const ofAway = (away: unknown): object => ({ teams: { desk }, require, away });
const ofShift = (shift: unknown): object => ofDesk({ hours: [shift] });
const ofRequire = (needs: unknown): object => ({ teams: { desk }, require: needs });
const span = ['2026-12-21T00:00', '2026-12-24T00:00'];

describe('coverage that can be read', () => {
  it.each<[string, unknown]>([
    ['one team and who must be there', { teams: { desk }, require }],
    ['a team of its own zone', ofDesk({ zone: 'America/Halifax' })],
    ['a fixed offset', ofDesk({ zone: '-05:00' })],
    ['an empty list of days off', ofDesk({ off: [] })],
    ['a team with nobody in it yet', ofDesk({ people: 0 })],
    ['whole days', ofShift({ on: { holidays: 'xmas' } })],
    ['hours of every day', ofShift({ from: '22:00', to: '06:00' })],
    [
      'hours with all their fields',
      ofShift({
        on: { weekdays: ['fri'] },
        from: '18:00',
        to: '06:00',
        plusDays: 3,
        valid: { since: '2026-01-01' },
        replace: [{ from: '2026-07-01', to: '2026-07-31', dates: ['2026-07-07'] }],
      }),
    ],
    ['an unquoted key on', ofShift({ true: { weekdays: ['fri'] } })],
    ['people away', ofAway([{ team: 'desk', between: span, people: 1 }])],
    ['aftercare alone', ofRequire({ aftercare })],
    ['fractional hours', ofRequire({ aftercare: { ...aftercare, hours: 7.5 } })],
  ])('takes %s', (_name, coverage) => {
    expect(problemsOf(coverage)).toEqual([]);
  });
});

describe('coverage that cannot be read', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['no object', 5, ['wrong-type coverage']],
    ['null', null, ['wrong-type coverage']],
    ['nothing', {}, ['required coverage.teams', 'required coverage.require']],
    ['a field it has not', { teams: { desk }, require, who: 1 }, ['unknown-field coverage.who']],
    [
      'no team',
      { teams: {}, require: { aftercare: { ...aftercare, teams: {} } } },
      ['empty-list coverage.teams', 'empty-list coverage.require.aftercare.teams'],
    ],
    [
      'a list of teams',
      { teams: [desk], require: { during: [1] } },
      ['wrong-type coverage.teams', 'wrong-type coverage.require.during'],
    ],
    [
      'a team that is no object',
      { teams: { desk: 2 }, require },
      ['wrong-type coverage.teams.desk'],
    ],
    [
      'a team without anything',
      { teams: { desk: {} }, require },
      ['required coverage.teams.desk.people', 'required coverage.teams.desk.hours'],
    ],
    [
      'a field a team has not',
      ofDesk({ skill: 'sql' }),
      ['unknown-field coverage.teams.desk.skill'],
    ],
    ['half a person', ofDesk({ people: 1.5 }), ['bad-number coverage.teams.desk.people']],
    ['fewer than nobody', ofDesk({ people: -1 }), ['bad-number coverage.teams.desk.people']],
    ['people as text', ofDesk({ people: '2' }), ['bad-number coverage.teams.desk.people']],
    ['an unknown zone', ofDesk({ zone: 'Mars/Base' }), ['unknown-zone coverage.teams.desk.zone']],
    [
      'a set nobody defined',
      ofDesk({ off: ['xmas', 'ca-on'] }),
      ['unknown-set coverage.teams.desk.off[1]'],
    ],
    ['off that is no list', ofDesk({ off: 'xmas' }), ['wrong-type coverage.teams.desk.off']],
    ['no hours', ofDesk({ hours: [] }), ['empty-list coverage.teams.desk.hours']],
    [
      'hours that are no list',
      ofDesk({ hours: hours[0] }),
      ['wrong-type coverage.teams.desk.hours'],
    ],
    ['hours that are no object', ofShift('09:00'), ['wrong-type coverage.teams.desk.hours[0]']],
    ['hours without a time', ofShift({}), ['no-time coverage.teams.desk.hours[0]']],
    [
      'hours without an end',
      ofShift({ from: '09:00' }),
      ['required coverage.teams.desk.hours[0].to'],
    ],
    [
      'hours that are empty',
      ofShift({ from: '09:00', to: '09:00' }),
      ['empty-window coverage.teams.desk.hours[0]'],
    ],
    [
      'a selector with a mistake',
      ofShift({ on: { weekdays: ['tuesday'] } }),
      ['bad-weekday coverage.teams.desk.hours[0].on.weekdays[0]'],
    ],
    [
      'a set in hours nobody defined',
      ofShift({ on: { holidays: 'ca-on' } }),
      ['unknown-set coverage.teams.desk.hours[0].on.holidays'],
    ],
    [
      'fields of rules in hours',
      ofShift({ ...hours[0], name: 'x', kinds: ['hotfix'], tags: ['a'] }),
      [
        'unknown-field coverage.teams.desk.hours[0].name',
        'unknown-field coverage.teams.desk.hours[0].kinds',
        'unknown-field coverage.teams.desk.hours[0].tags',
      ],
    ],
    [
      'a span as hours',
      ofShift({ between: span }),
      ['unknown-field coverage.teams.desk.hours[0].between'],
    ],
    [
      'an unknown field in hours',
      ofShift({ ...hours[0], until: 1 }),
      ['unknown-field coverage.teams.desk.hours[0].until'],
    ],
    ['nobody away', ofAway([]), ['empty-list coverage.away']],
    ['away that is no list', ofAway({}), ['wrong-type coverage.away']],
    [
      'away without anything',
      ofAway([{}]),
      [
        'required coverage.away[0].team',
        'required coverage.away[0].people',
        'required coverage.away[0].between',
      ],
    ],
    [
      'a team away that is not there',
      ofAway([{ team: 'ops', between: span, people: 1 }]),
      ['unknown-team coverage.away[0].team'],
    ],
    [
      'a team away that is no text',
      ofAway([{ team: 7, between: span, people: 1 }]),
      ['wrong-type coverage.away[0].team'],
    ],
    [
      'away the wrong way round',
      ofAway([{ team: 'desk', between: [...span].reverse(), people: 1 }]),
      ['empty-window coverage.away[0].between'],
    ],
    [
      'away with hours',
      ofAway([{ team: 'desk', between: span, people: 1, from: '09:00' }]),
      ['unknown-field coverage.away[0].from'],
    ],
    ['nothing required', ofRequire({}), ['required coverage.require']],
    [
      'a requirement nobody knows',
      ofRequire({ before: { desk: 1 }, ...require }),
      ['unknown-field coverage.require.before'],
    ],
    [
      'a team required that is not there',
      ofRequire({ during: { ops: 1 } }),
      ['unknown-team coverage.require.during.ops'],
    ],
    [
      'no number of people required',
      ofRequire({ during: { desk: '1' } }),
      ['bad-number coverage.require.during.desk'],
    ],
    [
      'aftercare without anything',
      ofRequire({ aftercare: {} }),
      [
        'required coverage.require.aftercare.within',
        'required coverage.require.aftercare.hours',
        'required coverage.require.aftercare.teams',
      ],
    ],
    [
      'aftercare within months',
      ofRequire({ aftercare: { ...aftercare, within: 'P1M' } }),
      ['bad-duration coverage.require.aftercare.within'],
    ],
    [
      'negative hours',
      ofRequire({ aftercare: { ...aftercare, hours: -1 } }),
      ['bad-number coverage.require.aftercare.hours'],
    ],
    [
      'hours as text',
      ofRequire({ aftercare: { ...aftercare, hours: '8' } }),
      ['bad-number coverage.require.aftercare.hours'],
    ],
    [
      'aftercare by a team that is not there',
      ofRequire({ aftercare: { ...aftercare, teams: { ops: 1 } } }),
      ['unknown-team coverage.require.aftercare.teams.ops'],
    ],
  ])('refuses %s', (_name, coverage, expected) => {
    expect(problemsOf(coverage)).toEqual(expected);
  });
});
