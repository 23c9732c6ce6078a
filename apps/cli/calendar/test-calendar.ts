import { createReadStream } from 'node:fs';
import { compareExpectation } from '../../../domain/calendar/compare-expectation.ts';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { linesOf } from '../lines-of.ts';
import { answerLine } from './answer-line.ts';

/** What the tests of a file came to. */
export interface CalendarTestResult {
  readonly passed: number;
  readonly failed: number;
  /** Questions without `expect`: there is nothing to compare. */
  readonly withoutExpectation: number;
}

/**
 * Asks every question of a file and compares the answers with what it expects; each failure is printed with both.
 * @throws CliFailure when one failed, or the file cannot be read.
 */
export async function testCalendar(
  cli: Cli,
  file: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const result = { passed: 0, failed: 0, withoutExpectation: 0 };
  let lineNumber = 0;
  for await (const line of linesOfFile(file)) {
    lineNumber += 1;
    const answer = await answerLine(cli, line, lineNumber);
    if (answer === undefined) continue;
    const question = readQuestion(line);
    if (question === null) {
      result.failed += 1;
      report(cli, options, { lineNumber, question: line, answer });
      continue;
    }
    const expect = question['expect'];
    if (!isObject(expect)) {
      result.withoutExpectation += 1;
      continue;
    }
    const gaps = compareExpectation(answer, expect);
    if (gaps.length === 0) result.passed += 1;
    else {
      result.failed += 1;
      report(cli, options, { lineNumber, question, answer, gaps });
    }
  }
  cli.write(
    options.json
      ? `${JSON.stringify(result)}\n`
      : `${result.passed} passed, ${result.failed} failed${without(result)}\n`,
  );
  if (result.failed > 0) throw new CliFailure('failed', `${result.failed} calendar tests failed.`);
}

function without({ withoutExpectation }: CalendarTestResult): string {
  return withoutExpectation === 0 ? '' : `, ${withoutExpectation} without "expect"`;
}

function report(cli: Cli, { json }: { readonly json?: boolean }, failure: object): void {
  if (json) {
    cli.write(`${JSON.stringify(failure)}\n`);
    return;
  }
  const lines = Object.entries(failure).map(
    ([name, value]) => `  ${name}: ${JSON.stringify(value)}`,
  );
  cli.write(`FAILED\n${lines.join('\n')}\n`);
}

function readQuestion(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const read: unknown = JSON.parse(line);
    return isObject(read) ? read : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function* linesOfFile(file: string): AsyncGenerator<string> {
  try {
    yield* linesOf(createReadStream(file));
  } catch (error) {
    throw new CliFailure('usage', `${file} cannot be read: ${(error as Error).message}`);
  }
}
