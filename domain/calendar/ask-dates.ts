import type { CalendarAnswer } from './calendar-answer.ts';
import { CalendarError } from './calendar-error.ts';
import { dateOf, dayOf } from './local-time.ts';
import { ProblemList } from './problem-list.ts';
import { calendarsOf, type StoredCalendars } from './question-calendar.ts';
import type { QuestionFields } from './question-fields.ts';
import { dayTest } from './select-days.ts';
import { readSelector } from './validate-selector.ts';

/** What one answer may hold at most: 2,700 years. */
const mostDays = 1_000_000;

/** The dates of a range, both ends inclusive, that a selector picks. */
export function answerDates(fields: QuestionFields, stored: StoredCalendars): CalendarAnswer {
  const { calendar } = calendarsOf(fields, stored);
  const problems = new ProblemList();
  const selector = readSelector(fields.required('on'), 'on', {
    problems,
    holidays: calendar.holidays,
  });
  const [problem] = problems.problems;
  if (problem) throw new CalendarError(problem.code, problem.message, problem.path);
  const [from, to] = [fields.date('from'), fields.date('to')];
  if (from > to) {
    throw new CalendarError('from-after-to', `"from" ${from} is after "to" ${to}`, 'from');
  }
  const [first, last] = [dayOf(from), dayOf(to)];
  if (last - first > mostDays) {
    throw new CalendarError('range-too-long', 'the range has too many dates; ask in parts', 'to');
  }
  const picks = dayTest(selector, calendar);
  const dates: string[] = [];
  for (let day = first; day <= last; day++) if (picks(day)) dates.push(dateOf(day));
  return { dates };
}
