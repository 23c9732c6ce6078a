import { Command, CommanderError } from 'commander';
import type { Cli } from './cli.ts';
import { CliFailure, exitCodes } from './cli-failure.ts';
import { agreementCommands } from './commands/agreements.ts';
import { cadenceCommands } from './commands/cadences.ts';
import { calendarCommands } from './commands/calendar.ts';
import { changeCommands } from './commands/changes.ts';
import { clientCommands } from './commands/clients.ts';
import { completionCommand } from './commands/completion.ts';
import { holidayCommands } from './commands/holidays.ts';
import { inboxCommands } from './commands/inbox.ts';
import { installationCommands } from './commands/installation.ts';
import { peopleCommands } from './commands/people.ts';
import { policyCommands } from './commands/policies.ts';
import { rolloutCommands } from './commands/rollouts.ts';
import { siteCommands } from './commands/sites.ts';

const more = `
Exit codes: 0 done · 1 failed · 2 wrong usage · 3 refused by a rule · 4 Daymark cannot be reached
Beside an installation: "daymark migrate" brings the database of DATABASE_URL up to date.
The API is found by DAYMARK_URL and DAYMARK_TOKEN, else by the .daymark/cli.json that "npm start" writes.`;

/** All commands; asked for JSON, they leave it to the caller to say what is wrong with their words. */
export function daymarkProgram(
  cli: Cli,
  { asJson = false }: { readonly asJson?: boolean } = {},
): Command {
  const program = new Command('daymark')
    .configureOutput(asJson ? { writeErr: () => undefined } : {})
    .description('Carries a change from "built" to "verified at every client".')
    .addHelpText('after', more)
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride();
  const groups = [
    clientCommands,
    siteCommands,
    changeCommands,
    rolloutCommands,
    inboxCommands,
    cadenceCommands,
    calendarCommands,
    agreementCommands,
    holidayCommands,
    policyCommands,
    installationCommands,
    peopleCommands,
    completionCommand,
  ];
  for (const add of groups) add(program, cli);
  return program;
}

/** Runs one command line; answers with the exit code. Problems go to the error stream, as JSON when asked. */
export async function runDaymark(
  cli: Cli,
  words: readonly string[],
  complain: (text: string) => void,
): Promise<number> {
  const asJson = words.includes('--json');
  try {
    await daymarkProgram(cli, { asJson }).parseAsync([...words], { from: 'user' });
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    if (error instanceof CommanderError && !asJson) return exitCodes.usage;
    const failure = asFailure(error);
    if (asJson) complain(`${JSON.stringify(failure.problem)}\n`);
    else complain(`${[failure.message, ...failure.lines.map((line) => `  ${line}`)].join('\n')}\n`);
    return exitCodes[failure.kind];
  }
}

function asFailure(error: unknown): CliFailure {
  if (error instanceof CliFailure) return error;
  if (error instanceof CommanderError) {
    return new CliFailure('usage', error.message.replace(/^error: /, ''));
  }
  const message = error instanceof Error ? error.message : String(error);
  return new CliFailure('failed', `Something went wrong in this program: ${message}`);
}
