import { type Command, InvalidArgumentError } from 'commander';
import { type Weekday, weekdays } from '../../../domain/calendar/local-time.ts';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { verb } from '../verb.ts';

type Terms = components['schemas']['ClientRequest']['request'];
type Answer = components['schemas']['ClientRequestAnswer'];

interface Period {
  readonly from: string;
  readonly to: string;
}

interface RequestOptions {
  readonly freeze?: Period;
  readonly weekday?: Weekday;
  readonly from: string;
  readonly to: string;
  readonly skip?: true;
  readonly reason: string;
  readonly json?: boolean;
}

/** The verbs about what clients ask for beside their own date. */
export function requestCommands(rollouts: Command, cli: Cli): void {
  verb(rollouts, {
    usage: 'request <rollout> <client>',
    does: 'ask for a client: no production for some time, another day, or being left out',
    example:
      'daymark rollouts request 0199… harbour --freeze 2026-12-20..2027-01-06 --reason stocktaking',
  })
    .option(
      '--freeze <from..to>',
      'dates or local times of the client; the end is free again',
      period,
    )
    .option('--weekday <day>', 'a start on this day of the week: mon … sun', weekday)
    .option('--from <time>', 'with --weekday: not before this time of the client', '00:00')
    .option('--to <time>', 'with --weekday: before this time of the client', '24:00')
    .option('--skip', 'leave it out of this rollout')
    .requiredOption('--reason <text>', 'why')
    .action((id: string, key: string, options: RequestOptions) => ask(cli, { id, key }, options));
  verb(rollouts, {
    usage: 'requests <rollout> <client>',
    does: 'list what a client asked for, and what became of it',
    example: 'daymark rollouts requests 0199… harbour',
  }).action((id: string, key: string, options: { json?: boolean }) =>
    list(cli, { id, key }, options),
  );
}

async function ask(
  cli: Cli,
  path: { readonly id: string; readonly key: string },
  options: RequestOptions,
): Promise<void> {
  const call = { params: { path }, body: termsOf(options) };
  const asked = await contentOf(cli.api().POST('/v1/rollouts/{id}/clients/{key}/requests', call));
  print(cli, options, asked, inWords);
}

function termsOf({ freeze, weekday: day, from, to, skip, reason }: RequestOptions): Terms {
  const asked: readonly (Terms | false)[] = [
    freeze !== undefined && { kind: 'freeze', ...freeze, reason },
    day !== undefined && { kind: 'preference', weekday: day, fromTime: from, toTime: to, reason },
    skip !== undefined && { kind: 'skip', reason },
  ];
  const [terms, ...more] = asked.filter((each) => each !== false);
  if (terms === undefined || more.length > 0) {
    throw new CliFailure('usage', 'Say one of --freeze, --weekday and --skip.');
  }
  return terms;
}

function inWords({ state, answer }: Answer): string {
  const outcome =
    state === 'applied'
      ? 'It was granted at once.'
      : `A person decides: ${answer.whyWaiting ?? 'it is in the list of what needs attention.'}`;
  return `${outcome}\nThe planner said: ${answer.text}`;
}

async function list(
  cli: Cli,
  path: { readonly id: string; readonly key: string },
  options: { readonly json?: boolean },
): Promise<void> {
  const call = { params: { path } };
  const found = await contentOf(cli.api().GET('/v1/rollouts/{id}/clients/{key}/requests', call));
  print(cli, options, found, ({ items }) =>
    orNothing(
      items.length === 0,
      () =>
        table(items, {
          ASKED: ({ requestedAt }) => moment(requestedAt),
          FOR: ({ title }) => title,
          BECAUSE: ({ request }) => request.reason,
          STATE: ({ state, settled }) => settled?.resolution ?? state,
          'THE PLANNER SAID': ({ answer }) => answer.text,
        }),
      'It asked for nothing.',
    ),
  );
}

/** `2026-12-20..2027-01-06`; a date alone means its midnight. */
function period(text: string): Period {
  const [from, to, ...more] = text.split('..').map((each) => localTime(each));
  if (from === undefined || to === undefined || more.length > 0) {
    throw new InvalidArgumentError('Write two dates, such as 2026-12-20..2027-01-06.');
  }
  return { from, to };
}

function localTime(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text;
}

function weekday(text: string): Weekday {
  const day = weekdays.find((each) => each === text.toLowerCase());
  if (day === undefined) {
    throw new InvalidArgumentError('Write mon, tue, wed, thu, fri, sat or sun.');
  }
  return day;
}
