import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import type { Cli } from '../../../apps/cli/cli.ts';
import { CliFailure } from '../../../apps/cli/cli-failure.ts';
import { daymarkProgram, runDaymark } from '../../../apps/cli/program.ts';

const nowhere = (): never => {
  throw new CliFailure('unreachable', 'nobody is asked in this test');
};

/** A command line without any Daymark; what it writes is thrown away. */
const cli: Cli = {
  api: nowhere,
  connection: nowhere,
  write: () => undefined,
  tell: () => undefined,
  isTerminal: false,
  now: () => 0,
  confirm: () => Promise.resolve(false),
  readInput: nowhere,
  readFile: (path) => Promise.reject(new CliFailure('usage', `${path} cannot be read`)),
  signal: new AbortController().signal,
};

async function run(...words: readonly string[]): Promise<{ code: number; complaint: string }> {
  let complaint = '';
  const code = await runDaymark(cli, words, (text) => (complaint += text));
  return { code, complaint };
}

const nouns = ['calendar', 'agreements', 'holidays', 'cadences', 'rollouts'];

function verbsOf(noun: string): readonly (readonly [string, Command])[] {
  const { commands } = daymarkProgram(cli);
  const found = commands.find((each) => each.name() === noun);
  return (found?.commands ?? []).map((each) => [`${noun} ${each.name()}`, each] as const);
}

describe('the verbs about calendars and plans', () => {
  const verbs = nouns.flatMap((noun) => verbsOf(noun));

  it('are there', () => {
    const names = verbs.map(([name]) => name);

    expect(names).toEqual(
      expect.arrayContaining([
        'calendar ask',
        'calendar test',
        'calendar explain',
        'agreements end',
        'holidays propose',
        'cadences propose',
        'rollouts plan',
        'rollouts rehearse',
      ]),
    );
  });

  it.each(verbs)('%s says what it does, with an example, and answers programs', (name, command) => {
    let help = '';
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();

    expect(command.description()).not.toBe('');
    expect(help).toContain(`Example:\n  `);
    expect(help).toContain(name);
    // A file is written in the format that was named.
    expect(help).toContain(name === 'calendar export' ? '--format' : '--json');
  });
});

describe('wrong usage', () => {
  const agreed = ['--source', 'call', '--owner', 'Dana', '--json'];

  it.each<[string, readonly string[], RegExp]>([
    ['a verb that does not exist', ['calendar', 'draw', '--json'], /unknown command 'draw'/],
    ['an unknown option', ['calendar', 'list', '--all', '--json'], /unknown option '--all'/],
    ['a missing argument', ['agreements', 'list', '--json'], /argument 'client'/],
    ['a missing option', ['holidays', 'propose', 'CA', '--json'], /--years/],
    ['a year that is none', ['holidays', 'propose', 'CA', '--years', 'x', '--json'], /2026,2027/],
    [
      'a number that is none',
      ['agreements', 'add-lead', 'north', '--business-days', 'ten', ...agreed],
      /whole number/,
    ],
    ['runs that are no number', ['rollouts', 'rehearse', '1', '--runs', '-1', '--json'], /runs/],
    ['an end without a reason', ['agreements', 'end', '1', '--json'], /--reason/],
    ['a file that is not there', ['calendar', 'validate', 'none.yaml', '--json'], /none\.yaml/],
    ['no calendar to explain', ['calendar', 'explain', '--json'], /--client/],
  ])('is 2 for %s, and a problem that a program can read', async (_, words, detail) => {
    const { code, complaint } = await run(...words);

    expect(code).toBe(2);
    expect(JSON.parse(complaint)).toEqual({
      code: 'USAGE',
      detail: expect.stringMatching(detail),
    });
  });

  it('is 4 where Daymark is needed and cannot be reached', async () => {
    const { code, complaint } = await run('agreements', 'list', 'north', '--json');

    expect(code).toBe(4);
    expect(JSON.parse(complaint)).toMatchObject({ code: 'UNREACHABLE' });
  });
});
