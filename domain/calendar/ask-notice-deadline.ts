import type { CalendarAnswer } from './calendar-answer.ts';
import { CalendarError } from './calendar-error.ts';
import { noticeDeadlineOfDate, type DateLead } from './notice-deadline.ts';
import { calendarsOf, type StoredCalendars } from './question-calendar.ts';
import { momentText, type QuestionFields } from './question-fields.ts';
import { zoneOfCalendar } from './rule-windows.ts';

/** The last instant for a notice: by date with `businessDays` or `days`, by start with `hours`. */
export function answerNoticeDeadline(
  fields: QuestionFields,
  stored: StoredCalendars,
): CalendarAnswer {
  const given = ['businessDays', 'days', 'hours'].filter((each) => fields.has(each));
  const expected = fields.has('start') ? ['hours'] : ['businessDays', 'days'];
  if (given.length !== 1 || !expected.includes(given[0] ?? '') || bothStarts(fields)) {
    throw new CalendarError(
      'bad-question',
      'ask with "date" and "businessDays" or "days", or with "start" and "hours"',
      fields.has('start') ? 'start' : 'date',
    );
  }
  return fields.has('start') ? byStart(fields) : byDate(fields, stored);
}

function bothStarts(fields: QuestionFields): boolean {
  return fields.has('start') && fields.has('date');
}

function byStart(fields: QuestionFields): CalendarAnswer {
  const { ms, fraction } = fields.instant('start');
  const hours = fields.wholeNumber('hours', 0);
  return { at: `${momentText({ ms: ms - hours * 3_600_000, fraction })}Z` };
}

function byDate(fields: QuestionFields, stored: StoredCalendars): CalendarAnswer {
  const date = fields.date('date');
  const lead: DateLead = fields.has('days')
    ? { days: fields.wholeNumber('days', 0) }
    : { businessDays: fields.wholeNumber('businessDays', 0) };
  const { calendar, clientZone } = calendarsOf(fields, stored);
  const zone =
    fields.optionalZone('clientZone') ?? clientZone ?? zoneOfCalendar(calendar, undefined);
  const due = noticeDeadlineOfDate(date, lead, { calendar, zone });
  return { at: due.replace('.000Z', 'Z') };
}
