import type { Command } from 'commander';
import { confirmAndSave } from '../calendar/stored-calendar.ts';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { table } from '../output/table.ts';
import { print } from '../print.ts';
import { noun, verb, years } from '../verb.ts';

type Proposal = components['schemas']['HolidayProposal'];

interface ProposeOptions {
  readonly years: readonly number[];
  readonly into?: string;
  readonly set?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `daymark holidays …`: days for review, and into a calendar once they were reviewed. */
export function holidayCommands(program: Command, cli: Cli): void {
  const holidays = noun(
    program,
    'holidays',
    'public holidays of countries and regions, for review',
  );
  verb(holidays, {
    usage: 'places',
    does: 'list countries and regions',
    example: 'daymark holidays places',
  }).action(async (options: { json?: boolean }) => {
    print(cli, options, await contentOf(cli.api().GET('/v1/holidays/places')), ({ items }) =>
      table(items, {
        CODE: ({ country }) => country,
        COUNTRY: ({ name }) => name,
        REGIONS: ({ regions }) => regions.map(({ code }) => code).join(' '),
      }),
    );
  });
  verb(holidays, {
    usage: 'propose <country> [region]',
    does: 'print the days of a place for review; with --into they are written into a calendar, once confirmed',
    example: 'daymark holidays propose CA ON --years 2026,2027 --into support-days --set ca-on',
  })
    .requiredOption('--years <years>', 'comma-separated', years)
    .option('--into <calendar>', 'the calendar that the suggested days are written into')
    .option('--set <name>', 'the name of its holiday set')
    .option('--yes', 'write without asking')
    .action((country: string, region: string | undefined, options: ProposeOptions) =>
      propose(cli, { country, region }, options),
    );
}

async function propose(
  cli: Cli,
  { country, region }: { readonly country: string; readonly region: string | undefined },
  options: ProposeOptions,
): Promise<void> {
  const { into, set } = options;
  if ((into === undefined) !== (set === undefined)) {
    throw new CliFailure('usage', 'Say both --into CALENDAR and --set NAME, or neither.');
  }
  const place = { country, ...(region === undefined ? {} : { region }) };
  const body = { ...place, years: [...options.years] };
  const proposal = await contentOf(cli.api().POST('/v1/holidays/propose', { body }));
  if (into === undefined || set === undefined) {
    print(cli, options, proposal, describeProposal);
    return;
  }
  if (!options.json) cli.tell(`${describeProposal(proposal)}\n`);
  if (!(options.yes ?? (await cli.confirm(`Write the suggested days into ${into}?`)))) {
    throw new CliFailure('refused', 'Nothing was saved. Without a terminal, say --yes to save.');
  }
  await writeInto(cli, proposal, { into, set, options });
}

/** Days of other years that the set has already stay as people left them. */
async function writeInto(
  cli: Cli,
  { items }: Proposal,
  target: { readonly into: string; readonly set: string; readonly options: ProposeOptions },
): Promise<void> {
  const { into, set, options } = target;
  const call = cli.api().GET('/v1/calendars/{name}', { params: { path: { name: into } } });
  const { document, revision } = await contentOf(call);
  const sets = (document['holidays'] ?? {}) as Readonly<Record<string, readonly string[]>>;
  const others = (sets[set] ?? []).filter(
    (date) => !options.years.includes(Number(date.slice(0, 4))),
  );
  const suggested = items.filter((each) => each.suggested).map(({ date }) => date);
  const dates = [...new Set([...others, ...suggested])].sort();
  const edited = { ...document, holidays: { ...sets, [set]: dates } };
  // JSON is YAML, too.
  const edit = { file: into, yaml: JSON.stringify(edited), seenRevision: revision };
  await confirmAndSave(cli, into, edit, options);
}

function describeProposal({ place, items, attribution }: Proposal): string {
  const days = table(items, {
    '': ({ suggested }) => (suggested ? '+' : ' '),
    DATE: ({ date, weekday }) => `${date} ${weekday}`,
    NAME: ({ name }) => name,
    KIND: ({ kind }) => kind,
    NOTE: ({ note }) => note,
  });
  return `${place}; + = suggested\n${days}\n${attribution}`;
}
