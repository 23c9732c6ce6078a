import { describe, expect, it } from '@jest/globals';
import { validateCalendar } from '../../../domain/calendar/validate-calendar.ts';

const hours = [{ from: '09:00', to: '17:00' }];
const desk = { people: 2, hours };
const aftercare = { within: 'PT24H', hours: 8, teams: { desk: 1 } };
const span = ['2026-12-21T00:00', '2026-12-24T00:00'];

/** What people read about coverage: `path: message`, the path behind `coverage`. */
function told(coverage: unknown): readonly string[] {
  const document = { zone: 'UTC', holidays: { xmas: [] }, coverage };
  return validateCalendar(document).map(({ path, message }) => {
    expect(path).toMatch(/^coverage/);
    return `${path.slice('coverage'.length)}: ${message}`;
  });
}

const ofTeam = (team: unknown): object => ({ teams: { desk: team }, require: { aftercare } });
const ofShift = (shift: unknown): object => ofTeam({ people: 2, hours: [shift] });
const ofAway = (away: unknown): object => ({ ...ofTeam(desk), away });
const ofRequire = (require: unknown): object => ({ teams: { desk }, require });

describe('a problem of coverage says', () => {
  it.each<[string, unknown, readonly string[]]>([
    ['that it is an object', [], [': coverage must be an object']],
    [
      'what it needs',
      {},
      [
        '.teams: coverage.teams is missing',
        '.require: coverage.require is missing; say "during", "aftercare" or both',
      ],
    ],
    [
      'which fields it has',
      { ...ofTeam(desk), team: {} },
      ['.team: "team" is no field here; known are teams, away, require'],
    ],
    [
      'that it has a team',
      { teams: {}, require: { during: {} } },
      [
        '.teams: coverage.teams must name at least one team',
        '.require.during: coverage.require.during must name at least one team',
      ],
    ],
    [
      'that teams are an object, and no more when they are none',
      { teams: null, require: { during: 7, aftercare: { ...aftercare, teams: [] } } },
      [
        '.teams: coverage.teams must be an object',
        '.require.during: coverage.require.during must be an object',
        '.require.aftercare.teams: coverage.require.aftercare.teams must be an object',
      ],
    ],
    [
      'that required teams are an object',
      ofRequire({ during: 'desk', aftercare: { ...aftercare, teams: null } }),
      [
        '.require.during: coverage.require.during must be an object',
        '.require.aftercare.teams: coverage.require.aftercare.teams must be an object',
      ],
    ],
  ])('%s', (_what, coverage, expected) => {
    expect(told(coverage)).toEqual(expected);
  });
});

describe('a problem of a team says', () => {
  const path = 'coverage.teams.desk';

  it.each<[string, unknown, readonly string[]]>([
    ['that it is an object', ofTeam(null), [`: ${path} must be an object`]],
    [
      'what it needs',
      ofTeam({}),
      [`.people: ${path}.people is missing; say how many`, `.hours: ${path}.hours is missing`],
    ],
    [
      'which fields it has',
      ofTeam({ ...desk, away: [] }),
      ['.away: "away" is no field here; known are people, off, hours, zone'],
    ],
    [
      'how many people there may be',
      ofTeam({ hours, people: -1 }),
      [`.people: ${path}.people must be a whole number of people from 0`],
    ],
    [
      'that days off are a list',
      ofTeam({ ...desk, off: { xmas: true } }),
      [`.off: ${path}.off must be a list`],
    ],
    [
      'which holiday set is not there',
      ofTeam({ ...desk, off: ['xmas', 'us'] }),
      ['.off[1]: "us" names no holiday set; define it under "holidays"'],
    ],
    [
      'which zone is none',
      ofTeam({ ...desk, zone: 'Halifax' }),
      [
        '.zone: "Halifax" is no zone; write an IANA name such as America/Toronto, an offset such as -05:00, or client',
      ],
    ],
    [
      'that a zone is a text',
      ofTeam({ ...desk, zone: ['client'] }),
      [
        '.zone: a list is no zone; write an IANA name such as America/Toronto, an offset such as -05:00, or client',
      ],
    ],
    [
      'that hours are a list',
      ofTeam({ people: 2, hours: hours[0] }),
      [`.hours: ${path}.hours must be a list`],
    ],
    [
      'that hours are not empty',
      ofTeam({ people: 2, hours: [] }),
      [`.hours: ${path}.hours must not be empty; leave it out`],
    ],
    [
      'that hours are objects',
      ofTeam({ people: 2, hours: [null, '09:00'] }),
      [
        `.hours[0]: ${path}.hours[0] must be an object`,
        `.hours[1]: ${path}.hours[1] must be an object`,
      ],
    ],
    [
      'which fields of rules hours have not',
      ofShift({ name: 'day', ...hours[0] }),
      [
        `.hours[0].name: "name" is no field of a team's hours; known are on, from, to, plusDays, valid, replace`,
      ],
    ],
    [
      'nothing of a time where fields of rules are all there is',
      ofShift({ between: span, kinds: [] }),
      ['between', 'kinds'].map(
        (each) =>
          `.hours[0].${each}: "${each}" is no field of a team's hours; known are on, from, to, plusDays, valid, replace`,
      ),
    ],
    [
      'what is wrong beside fields of rules',
      ofShift({ tags: [], from: '09:00' }),
      [
        `.hours[0].tags: "tags" is no field of a team's hours; known are on, from, to, plusDays, valid, replace`,
        `.hours[0].to: ${path}.hours[0].to is missing; "from" and "to" go together`,
      ],
    ],
  ])('%s', (_what, coverage, expected) => {
    expect(told(coverage)).toEqual(expected.map((each) => `.teams.desk${each}`));
  });
});

describe('a problem of absences says', () => {
  const path = 'coverage.away[0]';

  it.each<[string, unknown, readonly string[]]>([
    ['that they are a list', {}, [': coverage.away must be a list']],
    ['that they are not empty', [], [': coverage.away must not be empty; leave it out']],
    ['that one is an object', ['desk'], [`[0]: ${path} must be an object`]],
    [
      'what one needs',
      [{}],
      [
        `[0].team: ${path}.team is missing; name a team`,
        `[0].people: ${path}.people is missing; say how many`,
        `[0].between: ${path}.between is missing; say from when to when`,
      ],
    ],
    [
      'that a team is a text',
      [{ team: 7, between: span, people: 1 }],
      [`[0].team: ${path}.team must be a text`],
    ],
    [
      'which team is not there',
      [{ team: 'ops', between: span, people: 1 }],
      ['[0].team: "ops" names no team; define it under "coverage.teams"'],
    ],
    [
      'that one has a length',
      [{ team: 'desk', between: [span[1], span[0]], people: 1 }],
      [`[0].between: ${path}.between must end after it starts`],
    ],
  ])('%s', (_what, away, expected) => {
    expect(told(ofAway(away))).toEqual(expected.map((each) => `.away${each}`));
  });
});

describe('a problem of what is required says', () => {
  const path = 'coverage.require';

  it.each<[string, unknown, readonly string[]]>([
    ['that it is an object', ['desk'], [`: ${path} must be an object`]],
    ['that there is something', {}, [`: ${path} needs "during", "aftercare" or both`]],
    [
      'which team is not there',
      { during: { ops: 1 } },
      ['.during.ops: "ops" names no team; define it under "coverage.teams"'],
    ],
    [
      'that aftercare is an object',
      { aftercare: 'PT24H' },
      [`.aftercare: ${path}.aftercare must be an object`],
    ],
    [
      'what aftercare needs',
      { aftercare: {} },
      [
        `.aftercare.within: ${path}.aftercare.within is missing; write PT24H`,
        `.aftercare.hours: ${path}.aftercare.hours is missing; say how many hours`,
        `.aftercare.teams: ${path}.aftercare.teams is missing`,
      ],
    ],
    [
      'what is no duration',
      { aftercare: { ...aftercare, within: 24 } },
      ['.aftercare.within: 24 is no duration; write PT24H or P2D'],
    ],
    [
      'what is no number of hours',
      { aftercare: { ...aftercare, hours: '8' } },
      [`.aftercare.hours: ${path}.aftercare.hours must be a number of hours from 0`],
    ],
    [
      'that hours have an end',
      { aftercare: { ...aftercare, hours: Infinity } },
      [`.aftercare.hours: ${path}.aftercare.hours must be a number of hours from 0`],
    ],
  ])('%s', (_what, require, expected) => {
    expect(told(ofRequire(require))).toEqual(expected.map((each) => `.require${each}`));
  });
});
