import type { CalendarProblem } from '../calendar/calendar-document.ts';
import { validateCalendar } from '../calendar/validate-calendar.ts';
import { type AgreementTerms, calendarOfTerms } from './agreement.ts';

/** What is wrong with the calendar that agreed terms add, in the words of the terms; empty when nothing is. */
export function problemsOfTerms(terms: AgreementTerms): readonly CalendarProblem[] {
  const calendar = calendarOfTerms(terms);
  if (calendar === null) return [];
  const problems = validateCalendar(calendar);
  if (terms.kind === 'calendar') return problems;
  return problems.map((each) => ({ ...each, path: each.path.endsWith('[0]') ? 'from' : 'to' }));
}
