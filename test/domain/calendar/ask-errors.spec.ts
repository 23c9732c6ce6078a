import { describe, expect, it } from '@jest/globals';
import { ask, askLine } from '../../../domain/calendar/ask.ts';
import { noStoredCalendars } from '../../../domain/calendar/question-calendar.ts';

const calendar = { zone: 'UTC', allow: 'always' };
const at = '2026-11-25T20:00:00Z';
const state = { ask: 'state', calendar, at };
const windows = { ask: 'windows', calendar, from: at, to: at };
const dates = { ask: 'dates', calendar, on: { months: [1] }, from: '2026-11-25', to: '2026-11-25' };
const addition = { ask: 'addBusinessDays', calendar, date: '2026-11-25', days: 1 };
const notice = { ask: 'noticeDeadline', calendar };

describe('an error says', () => {
  it.each<[string, object, string, string]>([
    [
      'which questions there are',
      { ask: 7 },
      'ask',
      '"ask" must be one of state, windows, validate, localToInstant, instantToLocal, isBusinessDay, addBusinessDays, businessDaysBetween, dates, noticeDeadline',
    ],
    ['what is missing', { ask: 'state', calendar }, 'at', 'the question needs "at"'],
    [
      'what to write instead of a stored name',
      { ...state, calendar: 'days' },
      'calendar',
      'no calendar is stored as "days"; write the document itself into "calendar"',
    ],
    [
      'which client nobody knows',
      { ask: 'state', client: 'north', at },
      'client',
      'no client is known as "north"',
    ],
    [
      'what is wrong with the calendar first',
      { ...state, calendar: { zone: 'UTC', deny: [{ from: 8, to: '9' }] } },
      'deny[0].from',
      '8 is no time of day here; write "20:00"',
    ],
    [
      'how to write an instant',
      { ...state, at: `${at}x` },
      'at',
      `at: "${at}x" is no instant; write 2026-11-25T20:00:00Z`,
    ],
    [
      'that nothing stands before an instant',
      { ...state, at: ` ${at}` },
      'at',
      `at: " ${at}" is no instant; write 2026-11-25T20:00:00Z`,
    ],
    [
      'how to write a local time',
      { ask: 'localToInstant', zone: 'UTC', local: 'x.2026-11-25T20:00' },
      'local',
      'local: "x.2026-11-25T20:00" is no local time; write 2026-11-25T20:00',
    ],
    [
      'that nothing stands behind a local time',
      { ask: 'localToInstant', zone: 'UTC', local: '2026-11-25T20:00.5x' },
      'local',
      'local: "2026-11-25T20:00.5x" is no local time; write 2026-11-25T20:00',
    ],
    [
      'that a text is one',
      { ask: 'instantToLocal', zone: 7, at },
      'zone',
      'zone: 7 must be a text',
    ],
    [
      'that a text is not empty',
      { ask: 'instantToLocal', zone: '', at },
      'zone',
      'zone: "" must be a text',
    ],
    [
      'which zone of a client is none',
      { ...state, clientZone: 'EST5' },
      'clientZone',
      'clientZone: "EST5" is no zone; write America/Toronto or -05:00',
    ],
    [
      'which zone is none',
      { ask: 'instantToLocal', zone: 'EST5', at },
      'zone',
      '"EST5" is no zone; write an IANA name such as America/Toronto, or an offset such as -05:00',
    ],
    [
      'that the zone of the client is needed',
      { ...state, calendar: { calendar: 'shop', zone: 'client' } },
      'clientZone',
      'calendar "shop" is in each client\'s own zone; say clientZone',
    ],
    [
      'how to write a duration',
      { ...state, worstCase: '90m' },
      'worstCase',
      'worstCase: "90m" is no duration; write P1D, PT45M or PT10S',
    ],
    [
      'how to write a duration where it does not matter',
      { ...windows, worstCase: '90m' },
      'worstCase',
      'worstCase: "90m" is no duration; write P1D, PT45M or PT10S',
    ],
    [
      'that tags are texts, all of them',
      { ...state, tags: ['big', 7] },
      'tags',
      'tags: a list must be a list of texts',
    ],
    [
      'how to write a date',
      { ...addition, date: at },
      'date',
      `date: "${at}" is no date; write 2026-11-25`,
    ],
    [
      'how many days there may be',
      { ...addition, days: 1_000_001 },
      'days',
      'days: 1000001 must be a whole number from -1000000 to 1000000',
    ],
    [
      'that a lead is none backwards',
      { ...notice, date: '2026-11-25', businessDays: -1 },
      'businessDays',
      'businessDays: -1 must be a whole number from 0 to 1000000',
    ],
    [
      'which ways to roll there are',
      { ...addition, roll: 'nearest' },
      'roll',
      'roll: "nearest" must be one of forward, backward, none',
    ],
    [
      'that a count leaves all years',
      { ...addition, date: '9999-12-30', days: 5 },
      'days',
      'the count leaves the years 1 to 9999',
    ],
    [
      'which end of windows comes first',
      { ...windows, from: '2026-11-25T20:00:00.50Z' },
      'from',
      `"from" 2026-11-25T20:00:00.50Z is after "to" ${at}`,
    ],
    [
      'which end of dates comes first',
      { ...dates, to: '2026-11-24' },
      'from',
      '"from" 2026-11-25 is after "to" 2026-11-24',
    ],
    [
      'how to ask for a notice by date',
      { ...notice, date: '2026-11-25' },
      'date',
      'ask with "date" and "businessDays" or "days", or with "start" and "hours"',
    ],
    [
      'how to ask for a notice by start',
      { ...notice, start: at, date: '2026-11-25', hours: 1 },
      'start',
      'ask with "date" and "businessDays" or "days", or with "start" and "hours"',
    ],
  ])('%s', (_what, question, field, message) => {
    expect(ask(question)).toMatchObject({ error: { at: field, message } });
  });

  it.each([[7], [''], [['UTC']]])('that a text is of another type: %j', (zone) => {
    expect(ask({ ask: 'instantToLocal', zone, at })).toMatchObject({
      error: { code: 'wrong-type', at: 'zone' },
    });
  });

  it.each([[null], ['state'], [7], [[state]]])('that %j is no question', (question) => {
    expect(ask(question)).toStrictEqual({
      id: null,
      error: { code: 'bad-question', message: 'a question is a JSON object' },
    });
  });

  it('nothing of a mistake in the program, which is thrown', () => {
    const stored = {
      ...noStoredCalendars,
      calendar: () => {
        throw new TypeError('no database');
      },
    };

    expect(() => ask({ ...state, calendar: 'days' }, stored)).toThrow('no database');
  });
});

describe('an unreadable line says', () => {
  const unreadable = (message: string): object => ({
    id: null,
    line: 3,
    error: { code: 'unreadable-line', message: `line 3: ${message}`, at: 'line 3' },
  });

  it.each([
    ['that a list is no question', '[]', 'a question is a JSON object'],
    ['that null is no question', 'null', 'a question is a JSON object'],
    ['that a number is no question', '7', 'a question is a JSON object'],
    [
      'that it is nested too deep',
      '['.repeat(1001),
      'the question is nested more than 1000 levels deep',
    ],
  ])('%s', (_what, line, message) => {
    expect(askLine(line, 3)).toStrictEqual(unreadable(message));
  });

  it('what the reader of JSON says', () => {
    let said = '';
    try {
      JSON.parse('nonsense');
    } catch (error) {
      said = String(error).replace('SyntaxError: ', '');
    }

    expect(askLine('nonsense', 3)).toStrictEqual(unreadable(said));
    expect(said).toContain('JSON');
  });
});
