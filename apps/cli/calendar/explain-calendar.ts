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
import { documentInFile, noCalendar } from './calendar-file.ts';
import { drawTimeline, type DrawnTimeline } from './explain-drawing.ts';

/** What of a calendar is explained, for whom and which work. */
export interface ExplainOptions {
  readonly file?: string;
  readonly client?: string;
  readonly from?: string;
  readonly weeks: number;
  readonly kind?: string;
  readonly tags?: readonly string[];
  readonly clientZone?: string;
  readonly worstCase?: string;
  readonly json?: boolean;
}

/**
 * Draws the next weeks of a calendar, or of all layers of a client: when it is open, and what closes it.
 * A file needs no Daymark.
 * @throws CliFailure when the calendar cannot be had or read, or an option is none.
 */
export async function explainCalendar(
  cli: Cli,
  name: string | undefined,
  options: ExplainOptions,
): Promise<void> {
  const { file, client } = options;
  if ([name, file, client].filter((each) => each !== undefined).length !== 1) {
    throw new CliFailure(
      'usage',
      'Name a stored calendar, or give a document with --file or a client with --client.',
    );
  }
  const { title, timeline } =
    client === undefined
      ? await timelineOfCalendar(cli, name, options)
      : await timelineOfClient(cli, client, options);
  print(cli, options, timeline, (each) => drawTimeline(each, { title, blocks: cli.isTerminal }));
}

interface Explained {
  readonly title: string;
  readonly timeline: DrawnTimeline;
}

async function timelineOfCalendar(
  cli: Cli,
  name: string | undefined,
  options: ExplainOptions,
): Promise<Explained> {
  const calendar = calendarOf(await documentOf(cli, name, options), name ?? options.file ?? '');
  const { clientZone, kind, tags, worstCase } = options;
  const scope = { clientZone, kind, tags, worstCase: durationOf(worstCase) };
  const timeline = orUsage(() => {
    const zone = zoneOfCalendar(calendar, clientZone);
    const days = daysOf(options, localDateAt(zone, instantOf(cli.now())));
    return explainDays([{ layer: 'calendar', calendar }], { ...days, zone, scope });
  });
  return { title: calendar.name, timeline };
}

/** The server has the layers of a client: the vendor's, its own, its freezes and agreements. */
async function timelineOfClient(
  cli: Cli,
  client: string,
  options: ExplainOptions,
): Promise<Explained> {
  const { clientZone, kind, tags, worstCase } = options;
  if (clientZone !== undefined) {
    throw new CliFailure('usage', 'A client has its own zone; leave --client-zone out.');
  }
  durationOf(worstCase);
  const body = {
    client,
    ...daysOf(options, await todayAt(cli, client, options)),
    ...(kind === undefined ? {} : { kind }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(worstCase === undefined ? {} : { worstCase }),
  };
  return {
    title: client,
    timeline: await contentOf(cli.api().POST('/v1/calendars/explain', { body })),
  };
}

/** The first date only needs the client's zone when nobody has named it. */
async function todayAt(cli: Cli, key: string, { from }: ExplainOptions): Promise<LocalDate> {
  const now = instantOf(cli.now());
  if (from !== undefined) return localDateAt('UTC', now);
  const call = cli.api().GET('/v1/clients/{key}', { params: { path: { key } } });
  return localDateAt((await contentOf(call)).zone, now);
}

function daysOf(
  { from: asked, weeks }: ExplainOptions,
  today: LocalDate,
): { readonly from: LocalDate; readonly to: LocalDate } {
  const from = firstDate(asked, today);
  return { from, to: dateOf(dayOf(from) + weeks * 7 - 1) };
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
  return await documentInFile(cli, file ?? '');
}

function calendarOf(document: unknown, title: string): Calendar {
  const reading = readCalendar(document);
  if (reading.kind === 'readable') return reading.calendar;
  throw noCalendar(title, reading.problems);
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
