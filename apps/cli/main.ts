import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface as createPrompt } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import type { Cli } from './cli.ts';
import { CliFailure } from './cli-failure.ts';
import { findConnection } from './connection.ts';
import { type DaymarkApi, openDaymarkApi } from './daymark-api.ts';
import { linesOf } from './lines-of.ts';
import { runDaymark } from './program.ts';

const isTerminal = process.stdin.isTTY && process.stderr.isTTY;
const stopping = new AbortController();
process.once('SIGINT', () => {
  stopping.abort();
});
// Whoever reads us may have seen enough ("| head").
process.stdout.on('error', () => process.exit(0));

let api: DaymarkApi | null = null;

const cli: Cli = {
  connection,
  api: () => (api ??= openDaymarkApi(connection())),
  write: (text) => process.stdout.write(text),
  tell: (text) => process.stderr.write(text),
  isTerminal,
  now: () => Date.now(),
  confirm: async (question) => {
    if (!isTerminal) return false;
    const prompt = createPrompt({ input: process.stdin, output: process.stderr });
    const answer = await prompt.question(`${question} [y/N] `);
    prompt.close();
    return /^y(es)?$/i.test(answer.trim());
  },
  readInput: () => linesOf(process.stdin),
  readFile: async (path) => {
    try {
      return await readFile(path);
    } catch (error) {
      throw new CliFailure('usage', `${path} cannot be read: ${(error as Error).message}`);
    }
  },
  signal: stopping.signal,
};

process.exitCode = await runDaymark(cli, process.argv.slice(2), (text) =>
  process.stderr.write(text),
);

/** The program lies in `apps/cli/` of the sources, or of `dist/` below them. */
function connection(): { readonly url: string; readonly token: string } {
  const above = join(dirname(fileURLToPath(import.meta.url)), '../..');
  const installation = above.endsWith('dist') ? dirname(above) : above;
  return findConnection(process.env, { current: process.cwd(), installation });
}
