import type { CalendarAnswer } from './calendar-answer.ts';
import { momentText, type QuestionFields } from './question-fields.ts';
import { offsetText, tableOfZone } from './zone.ts';
import { offsetAt, resolveLocal } from './zone-table.ts';

/** Which instant a wall clock time is. */
export function answerLocalToInstant(fields: QuestionFields): CalendarAnswer {
  const table = tableOfZone(fields.text('zone'));
  const local = fields.localTime('local');
  const { first, resolved } = resolveLocal(table, local.ms);
  // what lies in a gap becomes its end, which has no fraction
  const fraction = resolved === 'gap' ? '' : local.fraction;
  return { instant: `${momentText({ ms: first, fraction })}Z`, resolved };
}

/** What the clocks show at an instant. */
export function answerInstantToLocal(fields: QuestionFields): CalendarAnswer {
  const table = tableOfZone(fields.text('zone'));
  const { ms, fraction } = fields.instant('at');
  const offset = offsetAt(table, ms);
  return { local: momentText({ ms: ms + offset, fraction }), offset: offsetText(offset) };
}
