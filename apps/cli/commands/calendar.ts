import { type Command, Option } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import { moment } from '../output/moment.ts';
import { table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { noun, verb, wholeNumber } from '../verb.ts';
import { askQuestions } from '../calendar/ask-questions.ts';
import { explainCommand } from '../calendar/explain-command.ts';
import {
  exportCalendar,
  listRevisions,
  saveCalendar,
  showEffect,
  validateFile,
} from '../calendar/stored-calendar.ts';
import { testCalendar } from '../calendar/test-calendar.ts';

/** `daymark calendar …`; `ask`, `test`, `validate` and `explain --file` need no Daymark. */
export function calendarCommands(program: Command, cli: Cli): void {
  const calendar = noun(program, 'calendar', 'when a rollout may happen');
  verb(calendar, {
    usage: 'ask',
    does: 'answer calendar questions: one JSON a line on standard input, one answer a line',
    example: `echo '{"ask":"isBusinessDay","calendar":{"zone":"UTC"},"date":"2026-12-24"}' | daymark calendar ask`,
  }).action(() => askQuestions(cli));
  verb(calendar, {
    usage: 'test <file>',
    does: 'compare the answers to the questions of a file with what they expect',
    example: 'daymark calendar test policy.ndjson',
  }).action((file: string, options: { json?: boolean }) => testCalendar(cli, file, options));
  explainCommand(calendar, cli);
  verb(calendar, {
    usage: 'list',
    does: 'list calendars',
    example: 'daymark calendar list',
  }).action(async (options: { json?: boolean }) => {
    print(cli, options, await contentOf(cli.api().GET('/v1/calendars')), ({ items }) =>
      orNothing(
        items.length === 0,
        () =>
          table(items, {
            CALENDAR: ({ name }) => name,
            REVISION: ({ revision }) => revision,
            SAVED: ({ savedAt, savedBy }) => `${moment(savedAt)} by ${savedBy}`,
            'KEPT TO BY': ({ usedBy }) => usedBy.join(', '),
          }),
        'No calendar yet. "daymark calendar save" brings one in.',
      ),
    );
  });
  verb(calendar, {
    usage: 'show <name>',
    does: 'show a calendar as it is stored',
    example: 'daymark calendar show support-days',
  }).action(async (name: string, options: { json?: boolean }) => {
    const call = cli.api().GET('/v1/calendars/{name}', { params: { path: { name } } });
    print(cli, options, await contentOf(call), ({ document }) => JSON.stringify(document, null, 2));
  });
  fileCommands(calendar, cli);
  verb(calendar, {
    usage: 'use [name]',
    does: 'let the vendor, or with --client one client, keep to a calendar (--none: to none); rollouts follow at once',
    example: 'daymark calendar use christmas --client north',
  })
    .option('--client <key>', 'one client instead of the vendor')
    .option('--none', 'keep to no calendar any more')
    .action((name: string | undefined, options: UseOptions) => useCalendar(cli, name, options));
}

/** Calendars as files: checked, weighed, saved, and written out again. */
function fileCommands(calendar: Command, cli: Cli): void {
  verb(calendar, {
    usage: 'validate <file>',
    does: 'say what is wrong with a calendar in a file (YAML or JSON), each problem with its path',
    example: 'daymark calendar validate support-days.yaml',
  }).action((file: string, options: { json?: boolean }) => validateFile(cli, file, options));
  verb(calendar, {
    usage: 'effect <name> <file>',
    does: 'tell whom a file would move if it were saved, and who would be told again',
    example: 'daymark calendar effect support-days support-days.yaml',
  }).action((name: string, file: string, options: { json?: boolean }) =>
    showEffect(cli, name, file, options),
  );
  verb(calendar, {
    usage: 'save <name> <file>',
    does: 'save a calendar (YAML or JSON) as a new revision; shows first whom it would move, and asks',
    example: 'daymark calendar save support-days support-days.yaml',
  })
    .option('--yes', 'save without asking')
    .action((name: string, file: string, options: { json?: boolean; yes?: boolean }) =>
      saveCalendar(cli, name, file, options),
    );
  calendar
    .command('export <name>')
    .description('write a calendar as a file that can be saved again (comments are not kept)')
    .addOption(
      new Option('--format <format>', 'of the file').choices(['yaml', 'json']).default('yaml'),
    )
    .option('--revision <n>', 'an older one', wholeNumber)
    .option('-o, --out <file>', 'write there instead of printing')
    .addHelpText('after', '\nExample:\n  daymark calendar export support-days -o support-days.yaml')
    .action((name: string, options: { format: string; out?: string; revision?: number }) =>
      exportCalendar(cli, name, options),
    );
  verb(calendar, {
    usage: 'revisions <name>',
    does: 'list who saved a calendar when',
    example: 'daymark calendar revisions support-days',
  }).action((name: string, options: { json?: boolean }) => listRevisions(cli, name, options));
}

interface UseOptions {
  readonly client?: string;
  readonly none?: boolean;
  readonly json?: boolean;
}

async function useCalendar(cli: Cli, name: string | undefined, options: UseOptions): Promise<void> {
  const { client: key, none = false } = options;
  if ((name === undefined) !== none) {
    throw new CliFailure(
      'usage',
      'Name a calendar, or say --none; "daymark calendar list" shows them.',
    );
  }
  const body = { calendar: name ?? null };
  const used =
    key === undefined
      ? await contentOf(cli.api().PUT('/v1/vendor/calendar', { body }))
      : await contentOf(
          cli.api().PUT('/v1/clients/{key}/calendar', { params: { path: { key } }, body }),
        );
  print(cli, options, used, ({ calendar, name: whose }) =>
    calendar === null
      ? `${whose} keeps to no calendar of its own.`
      : `${whose} keeps to ${calendar}; running rollouts follow at once.`,
  );
}
