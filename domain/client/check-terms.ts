import type { CalendarProblem } from '../calendar/calendar-document.ts';
import { validateCalendar } from '../calendar/validate-calendar.ts';
import { type AgreementTerms, calendarOfTerms } from './agreement.ts';

/** What is wrong with the calendar that agreed terms add, in the words of the terms; empty when nothing is. */
export function problemsOfTerms(terms: AgreementTerms): readonly CalendarProblem[] {
  if (terms.kind === 'calendar') {
    return [...validateCalendar(terms.document), ...coverageProblems(terms.document)];
  }
  const calendar = calendarOfTerms(terms);
  if (calendar === null) return [];
  return validateCalendar(calendar).map((each) => ({
    ...each,
    path: each.path.endsWith('[0]') ? 'from' : 'to',
  }));
}

/** Who is there to help is the vendor's to say, and its coverage holds for every client. */
function coverageProblems(document: unknown): CalendarProblem[] {
  if (typeof document !== 'object' || document === null || !('coverage' in document)) return [];
  const message = 'an agreement has no coverage; write it into a calendar of the vendor';
  return [{ code: 'unknown-field', path: 'coverage', message }];
}
