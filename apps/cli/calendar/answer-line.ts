import { askLine } from '../../../domain/calendar/ask.ts';
import type { CalendarAnswer } from '../../../domain/calendar/calendar-answer.ts';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';

/**
 * Answers one line of a question file; nothing for a blank one. Only a question that names a stored calendar or a
 * client is put to Daymark, every other one is answered here.
 */
export async function answerLine(
  cli: Cli,
  line: string,
  lineNumber: number,
): Promise<CalendarAnswer | undefined> {
  const answer = askLine(line, lineNumber);
  return answer !== undefined && namesWhatIsStored(answer) ? askDaymark(cli, line, answer) : answer;
}

function namesWhatIsStored({ error }: CalendarAnswer): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return code === 'unknown-calendar' || code === 'unknown-client';
}

async function askDaymark(
  cli: Cli,
  line: string,
  offline: CalendarAnswer,
): Promise<CalendarAnswer> {
  try {
    const questions: unknown[] = [JSON.parse(line)];
    const call = cli.api().POST('/v1/calendars/ask', { body: { questions } });
    const { answers } = await contentOf(call);
    return answers[0] ?? offline;
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    const { error: unknown, ...id } = offline;
    const { at } = unknown as { readonly at?: unknown };
    return { ...id, error: { code: error.kind, message: error.message, at } };
  }
}
