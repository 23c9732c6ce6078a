import { durationMs, isDuration } from '../duration.ts';
import type {
  Aftercare,
  Away,
  CalendarRule,
  Coverage,
  RuleTiming,
  StaffingNeed,
  Team,
} from './calendar-document.ts';
import { pathTo, shown, type ProblemList, type RawFields } from './problem-list.ts';
import { readRule } from './validate-rule.ts';
import type { SelectorContext } from './validate-selector.ts';
import { isZone } from './zone.ts';

/** Reads the coverage of a calendar; nothing when there is none or it cannot be read. */
export function readCoverage(raw: unknown, context: SelectorContext): Coverage | null {
  if (raw === undefined) return null;
  const { problems } = context;
  const fields = problems.fields(raw, 'coverage', ['teams', 'away', 'require']);
  if (!fields) return null;
  const teams = entriesOf(fields['teams'], 'coverage.teams', problems);
  const names = teams.map(([name]) => name);
  const away = readAway(fields['away'], { names, context });
  const read = teams.map(([name, team]) =>
    readTeam(team, name, {
      context,
      away: away.filter((each) => each.team === name).map(({ away: absent }) => absent),
    }),
  );
  const needs = readNeeds(fields['require'], { names, problems });
  return needs && { teams: read.filter((each) => each !== undefined), ...needs };
}

interface KnownTeams {
  readonly names: readonly string[];
  readonly problems: ProblemList;
}

function readTeam(
  raw: unknown,
  name: string,
  { context, away }: { readonly context: SelectorContext; readonly away: readonly Away[] },
): Team | undefined {
  const { problems } = context;
  const path = `coverage.teams.${name}`;
  const fields = problems.fields(raw, path, ['people', 'off', 'hours', 'zone']);
  if (!fields) return undefined;
  const off = readOff(fields['off'], `${path}.off`, context);
  return {
    name,
    people: readPeople(fields['people'], `${path}.people`, problems),
    hours: readHours(fields['hours'], `${path}.hours`, context).map((each) => ({ ...each, off })),
    ...(fields['zone'] !== undefined && {
      zone: readTeamZone(fields['zone'], `${path}.zone`, problems),
    }),
    away,
  };
}

function readPeople(raw: unknown, path: string, problems: ProblemList): number {
  if (Number.isInteger(raw) && Number(raw) >= 0) return Number(raw);
  if (raw === undefined) problems.add('required', path, `${path} is missing; say how many`);
  else problems.add('bad-number', path, `${path} must be a whole number of people from 0`);
  return 0;
}

function readOff(raw: unknown, path: string, context: SelectorContext): readonly string[] {
  if (raw === undefined) return [];
  const { problems, holidays } = context;
  const sets = problems.texts(raw, path, { mayBeEmpty: true });
  sets.forEach((each, index) => {
    if (Object.hasOwn(holidays, each)) return;
    const message = `"${each}" names no holiday set; define it under "holidays"`;
    problems.add('unknown-set', `${path}[${index}]`, message);
  });
  return sets;
}

/** Of a rule's fields, the ones that only allow and deny rules have. */
const notInHours = ['name', 'between', 'kinds', 'tags'];

function readHours(raw: unknown, path: string, context: SelectorContext): readonly RuleTiming[] {
  return listOf(raw, path, context.problems)
    .map((each, index) => readShift(each, `${path}[${index}]`, context))
    .filter((each) => each !== undefined);
}

function readShift(raw: unknown, path: string, context: SelectorContext): CalendarRule | undefined {
  if (typeof raw !== 'object' || raw === null) return readRule(raw, path, context);
  const wrong = notInHours.filter((each) => Object.hasOwn(raw, each));
  for (const each of wrong) {
    context.problems.add(
      'unknown-field',
      pathTo(path, each),
      `"${each}" is no field of a team's hours; known are on, from, to, plusDays, valid, replace`,
    );
  }
  const known: RawFields = Object.fromEntries(
    Object.entries(raw).filter(([key]) => !wrong.includes(key)),
  );
  return wrong.length > 0 && Object.keys(known).length === 0
    ? undefined
    : readRule(known, path, context);
}

function readTeamZone(raw: unknown, path: string, problems: ProblemList): string {
  if (typeof raw === 'string' && (raw === 'client' || isZone(raw))) return raw;
  problems.add(
    'unknown-zone',
    path,
    `${shown(raw)} is no zone; write an IANA name such as America/Toronto, an offset such as -05:00, or client`,
  );
  return 'UTC';
}

interface AwayOfTeam {
  readonly team: string;
  readonly away: Away;
}

function readAway(
  raw: unknown,
  { names, context }: { readonly names: readonly string[]; readonly context: SelectorContext },
): readonly AwayOfTeam[] {
  if (raw === undefined) return [];
  const { problems } = context;
  return listOf(raw, 'coverage.away', problems).flatMap((each, index) => {
    const path = `coverage.away[${index}]`;
    const fields = problems.fields(each, path, ['team', 'between', 'people']);
    if (!fields) return [];
    const { team, between, people: rawPeople } = fields;
    checkTeam(team, `${path}.team`, { names, problems });
    const people = readPeople(rawPeople, `${path}.people`, problems);
    if (between === undefined) {
      problems.add(
        'required',
        `${path}.between`,
        `${path}.between is missing; say from when to when`,
      );
    }
    const span = between === undefined ? undefined : readRule({ between }, path, context);
    return span === undefined ? [] : [{ team: String(team), away: { people, span } }];
  });
}

function checkTeam(raw: unknown, path: string, { names, problems }: KnownTeams): void {
  if (raw === undefined) problems.add('required', path, `${path} is missing; name a team`);
  else if (typeof raw !== 'string') problems.add('wrong-type', path, `${path} must be a text`);
  else if (!names.includes(raw)) {
    problems.add('unknown-team', path, `"${raw}" names no team; define it under "coverage.teams"`);
  }
}

function readNeeds(raw: unknown, known: KnownTeams): Pick<Coverage, 'during' | 'aftercare'> | null {
  const { problems } = known;
  const path = 'coverage.require';
  if (raw === undefined) {
    problems.add('required', path, `${path} is missing; say "during", "aftercare" or both`);
    return null;
  }
  const fields = problems.fields(raw, path, ['during', 'aftercare']);
  if (!fields) return null;
  const { during, aftercare } = fields;
  if (during === undefined && aftercare === undefined) {
    problems.add('required', path, `${path} needs "during", "aftercare" or both`);
  }
  return {
    during: during === undefined ? [] : readStaffing(during, `${path}.during`, known),
    aftercare:
      aftercare === undefined ? null : readAftercare(aftercare, `${path}.aftercare`, known),
  };
}

function readStaffing(raw: unknown, path: string, known: KnownTeams): readonly StaffingNeed[] {
  return entriesOf(raw, path, known.problems).map(([team, people]) => {
    checkTeam(team, pathTo(path, team), known);
    return { team, people: readPeople(people, pathTo(path, team), known.problems) };
  });
}

function readAftercare(raw: unknown, path: string, known: KnownTeams): Aftercare | null {
  const fields = known.problems.fields(raw, path, ['within', 'hours', 'teams']);
  if (!fields) return null;
  return {
    withinMs: readWithin(fields['within'], `${path}.within`, known.problems),
    neededMs: readHoursNeeded(fields['hours'], `${path}.hours`, known.problems),
    needs: readStaffing(fields['teams'], `${path}.teams`, known),
  };
}

/** Longer than ten years counts as ten. */
function readWithin(raw: unknown, path: string, problems: ProblemList): number {
  if (typeof raw === 'string' && isDuration(raw)) {
    return Math.min(durationMs(raw), 3653 * 86_400_000);
  }
  if (raw === undefined) problems.add('required', path, `${path} is missing; write PT24H`);
  else problems.add('bad-duration', path, `${shown(raw)} is no duration; write PT24H or P2D`);
  return 0;
}

function readHoursNeeded(raw: unknown, path: string, problems: ProblemList): number {
  if (Number.isFinite(raw) && Number(raw) >= 0) {
    // 0.29 hours are 1,044,000 ms, which binary fractions miss by less than a microsecond
    return Math.ceil(Math.round(Number(raw) * 3_600_000_000) / 1000);
  }
  if (raw === undefined) problems.add('required', path, `${path} is missing; say how many hours`);
  else problems.add('bad-number', path, `${path} must be a number of hours from 0`);
  return 0;
}

function listOf(raw: unknown, path: string, problems: ProblemList): readonly unknown[] {
  if (raw === undefined) problems.add('required', path, `${path} is missing`);
  else if (!Array.isArray(raw)) problems.add('wrong-type', path, `${path} must be a list`);
  else if (raw.length === 0) {
    problems.add('empty-list', path, `${path} must not be empty; leave it out`);
  }
  return Array.isArray(raw) ? raw : [];
}

/** The entries of an object whose keys are names; at least one. */
function entriesOf(
  raw: unknown,
  path: string,
  problems: ProblemList,
): readonly (readonly [string, unknown])[] {
  if (raw === undefined) {
    problems.add('required', path, `${path} is missing`);
    return [];
  }
  const names = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  const entries = Object.entries(problems.fields(raw, path, names) ?? {});
  if (entries.length === 0 && typeof raw === 'object' && raw !== null && !Array.isArray(raw)) {
    problems.add('empty-list', path, `${path} must name at least one team`);
  }
  return entries;
}
