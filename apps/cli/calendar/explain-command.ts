import { type Command, InvalidArgumentError } from 'commander';
import type { Cli } from '../cli.ts';
import { list, verb } from '../verb.ts';
import { explainCalendar, type ExplainOptions } from './explain-calendar.ts';

const mostWeeks = 57;

/** `daymark calendar explain` */
export function explainCommand(calendar: Command, cli: Cli): void {
  verb(calendar, {
    usage: 'explain [name]',
    does: 'draw the next weeks of a calendar or client: when it is open, and what closes it',
    example: 'daymark calendar explain --file support-days.yaml --weeks 6 --worst-case PT1H',
  })
    .option('--file <file>', 'a document (YAML or JSON) instead of a stored calendar')
    .option('--client <key>', 'all layers of a client instead of one calendar')
    .option('--from <date>', 'the first date (default: today in the zone of the calendar)')
    .option('--weeks <n>', 'how many weeks', numberOfWeeks, 4)
    .option('--kind <kind>', 'the kind of change (default: every rule counts)')
    .option('--tags <tags>', 'tags of the client, comma-separated', list)
    .option('--client-zone <zone>', 'the zone of the client, for calendars in it')
    .option('--worst-case <duration>', 'how long the work may take, such as PT45M')
    .action((name: string | undefined, options: ExplainOptions) =>
      explainCalendar(cli, name, options),
    );
}

function numberOfWeeks(text: string): number {
  const weeks = Number(text);
  if (/^\d{1,2}$/.test(text) && weeks >= 1 && weeks <= mostWeeks) return weeks;
  throw new InvalidArgumentError(`Write a number of weeks from 1 to ${mostWeeks}.`);
}
