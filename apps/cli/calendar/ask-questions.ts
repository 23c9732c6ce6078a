import { once } from 'node:events';
import type { Cli } from '../cli.ts';
import { answerLine } from './answer-line.ts';

/** Answers the questions on standard input, one line each and in order; only one of them is in memory at a time. */
export async function askQuestions(cli: Cli): Promise<void> {
  let lineNumber = 0;
  for await (const line of cli.readInput()) {
    lineNumber += 1;
    const answer = await answerLine(cli, line, lineNumber);
    if (answer === undefined) continue;
    cli.write(`${JSON.stringify(answer)}\n`);
    // A reader slower than we are must not make us keep its answers.
    if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
  }
}
