import { parse } from 'yaml';
import type { CalendarProblem } from '../../../domain/calendar/calendar-document.ts';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';

/**
 * The document in a file of YAML or JSON.
 * @throws CliFailure when it is neither.
 */
export async function documentInFile(cli: Cli, file: string): Promise<unknown> {
  const text = (await cli.readFile(file)).toString('utf8');
  try {
    return parse(text);
  } catch (error) {
    throw new CliFailure('usage', `${file} is neither YAML nor JSON: ${(error as Error).message}`);
  }
}

/** Every problem of a document with its path. */
export function noCalendar(title: string, problems: readonly CalendarProblem[]): CliFailure {
  return new CliFailure('refused', `${title} is no calendar; correct it and try again.`, {
    lines: problems.map(({ path, message }) => `${path || 'calendar'}: ${message}`),
    problem: { code: 'CALENDAR_INVALID', errors: problems },
  });
}
