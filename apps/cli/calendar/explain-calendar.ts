import { parse } from 'yaml';
import type { Calendar } from '../../../domain/calendar/calendar-document.ts';
import { CalendarError } from '../../../domain/calendar/calendar-error.ts';
import { explainDays } from '../../../domain/calendar/explain-days.ts';
import { dateOf, dayOf, isLocalDate } from '../../../domain/calendar/local-time.ts';
import { zoneOfCalendar } from '../../../domain/calendar/rule-windows.ts';
import { readCalendar } from '../../../domain/calendar/validate-calendar.ts';
import { localDateAt } from '../../../domain/calendar/zone.ts';
import { isDuration, type Duration } from '../../../domain/duration.ts';
import { instantOf, type LocalDate } from '../../../domain/instant.ts';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import { print } from '../print.ts';
import { drawTimeline } from './explain-drawing.ts';

/** What of a calendar is explained, for whom and which work. */
export interface ExplainOptions {
  readonly file?: string;
  readonly from?: string;
  readonly weeks: number;
  readonly kind?: string;
  readonly tags?: readonly string[];
  readonly clientZone?: string;
  readonly worstCase?: string;
  readonly json?: boolean;
}

/**
 * Draws the next weeks of a calendar: when it is open, and what closes it. A file needs no Daymark.
 * @throws CliFailure when the calendar cannot be had or read, or an option is none.
 */
export async function explainCalendar(
  cli: Cli,
  name: string | undefined,
  options: ExplainOptions,
): Promise<void> {
  if ((name === undefined) === (options.file === undefined)) {
    throw new CliFailure('usage', 'Name a stored calendar, or give a document with --file.');
  }
  const title = name ?? options.file ?? '';
  const calendar = calendarOf(await documentOf(cli, name, options), title);
  const { clientZone, kind, tags, worstCase } = options;
  const scope = { clientZone, kind, tags, worstCase: durationOf(worstCase) };
  const timeline = orUsage(() => {
    const zone = zoneOfCalendar(calendar, clientZone);
    const from = firstDate(options.from, localDateAt(zone, instantOf(cli.now())));
    const to = dateOf(dayOf(from) + options.weeks * 7 - 1);
    return explainDays([{ layer: 'calendar', calendar }], { from, to, zone, scope });
  });
  print(cli, options, timeline, (each) =>
    drawTimeline(each, { title: calendar.name, blocks: cli.isTerminal }),
  );
}

async function documentOf(
  cli: Cli,
  name: string | undefined,
  { file }: ExplainOptions,
): Promise<unknown> {
  if (name !== undefined) {
    const call = cli.api().GET('/v1/calendars/{name}', { params: { path: { name } } });
    return (await contentOf(call)).document;
  }
  const text = (await cli.readFile(file ?? '')).toString('utf8');
  try {
    return parse(text);
  } catch (error) {
    const message = (error as Error).message;
    throw new CliFailure('usage', `${file ?? ''} is neither YAML nor JSON: ${message}`);
  }
}

function calendarOf(document: unknown, title: string): Calendar {
  const reading = readCalendar(document);
  if (reading.kind === 'readable') return reading.calendar;
  const { problems } = reading;
  throw new CliFailure('refused', `${title} is no calendar; correct it and try again.`, {
    lines: problems.map(({ path, message }) => `${path || 'calendar'}: ${message}`),
    problem: { code: 'CALENDAR_INVALID', errors: problems },
  });
}

function durationOf(text: string | undefined): Duration | undefined {
  if (text === undefined || isDuration(text)) return text;
  throw new CliFailure('usage', `--worst-case: "${text}" is no duration; write PT45M or P1D.`);
}

function firstDate(asked: string | undefined, today: LocalDate): LocalDate {
  if (asked === undefined) return today;
  if (isLocalDate(asked)) return asked;
  throw new CliFailure('usage', `--from: "${asked}" is no date; write ${today}.`);
}

/** A zone that is missing or unknown is the caller's to say. */
function orUsage<Answer>(answer: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    const option = error.at === 'clientZone' ? ' Say it with --client-zone.' : '';
    throw new CliFailure('usage', `${error.message}.${option}`);
  }
}
