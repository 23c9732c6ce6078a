import type { LocalDate } from '../instant.ts';
import { answerDates } from './ask-dates.ts';
import { answerNoticeDeadline } from './ask-notice-deadline.ts';
import { answerState, answerWindows } from './ask-schedule.ts';
import { answerInstantToLocal, answerLocalToInstant } from './ask-zone.ts';
import { addBusinessDays, businessDaysBetween, isBusinessDay } from './business-days.ts';
import type { CalendarAnswer } from './calendar-answer.ts';
import { CalendarError } from './calendar-error.ts';
import { isNestedTooDeep, mostNesting } from './nesting.ts';
import type { RawFields } from './problem-list.ts';
import {
  calendarsOf,
  documentOf,
  noStoredCalendars,
  type StoredCalendars,
} from './question-calendar.ts';
import { QuestionFields } from './question-fields.ts';
import { validateCalendar } from './validate-calendar.ts';

type Answerer = (fields: QuestionFields, stored: StoredCalendars) => CalendarAnswer;

const answerers: Readonly<Record<string, Answerer>> = {
  state: answerState,
  windows: answerWindows,
  validate: (fields, stored) => {
    const problems = validateCalendar(documentOf(fields, stored));
    return { valid: problems.length === 0, problems };
  },
  localToInstant: answerLocalToInstant,
  instantToLocal: answerInstantToLocal,
  isBusinessDay: (fields, stored) => ({
    ...isBusinessDay(calendarsOf(fields, stored).calendar, fields.date('date')),
  }),
  addBusinessDays: (fields, stored) => ({ date: addedBusinessDays(fields, stored) }),
  businessDaysBetween: (fields, stored) => ({
    days: businessDaysBetween(
      calendarsOf(fields, stored).calendar,
      fields.date('from'),
      fields.date('to'),
    ),
  }),
  dates: answerDates,
  noticeDeadline: answerNoticeDeadline,
};

/** Answers one calendar question. An error is an answer too: `{ id, error: { code, message, at } }`. */
export function ask(
  question: unknown,
  stored: StoredCalendars = noStoredCalendars,
): CalendarAnswer {
  if (typeof question !== 'object' || question === null || Array.isArray(question)) {
    return { id: null, error: { code: 'bad-question', message: 'a question is a JSON object' } };
  }
  const fields = question as RawFields;
  const id = fields['id'] === undefined ? {} : { id: fields['id'] };
  try {
    return { ...id, ...answererOf(fields['ask'])(new QuestionFields(fields), stored) };
  } catch (error) {
    if (!(error instanceof CalendarError)) throw error;
    const { code, message, at } = error;
    return { ...id, error: { code, message, ...(at !== undefined && { at }) } };
  }
}

/** Answers one line of a question file; nothing for a blank one. Lines are counted from 1. */
export function askLine(
  line: string,
  lineNumber: number,
  stored: StoredCalendars = noStoredCalendars,
): CalendarAnswer | undefined {
  if (line.trim() === '') return undefined;
  const unreadable = (message: string): CalendarAnswer => ({
    id: null,
    line: lineNumber,
    error: {
      code: 'unreadable-line',
      message: `line ${lineNumber}: ${message}`,
      at: `line ${lineNumber}`,
    },
  });
  if (isNestedTooDeep(line)) {
    return unreadable(`the question is nested more than ${mostNesting} levels deep`);
  }
  let question: unknown;
  try {
    question = JSON.parse(line);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : 'no JSON');
  }
  const isObject = typeof question === 'object' && question !== null && !Array.isArray(question);
  return isObject ? ask(question, stored) : unreadable('a question is a JSON object');
}

function answererOf(name: unknown): Answerer {
  const answerer =
    typeof name === 'string' && Object.hasOwn(answerers, name) ? answerers[name] : undefined;
  if (answerer) return answerer;
  throw new CalendarError(
    'unknown-question',
    `"ask" must be one of ${Object.keys(answerers).join(', ')}`,
    'ask',
  );
}

function addedBusinessDays(fields: QuestionFields, stored: StoredCalendars): LocalDate {
  const { calendar } = calendarsOf(fields, stored);
  return addBusinessDays(calendar, fields.date('date'), {
    days: fields.wholeNumber('days'),
    roll: fields.oneOf('roll', ['forward', 'backward', 'none'], 'none'),
  });
}
