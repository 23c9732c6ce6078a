import { describe, expect, it } from '@jest/globals';
import { ask, askLine } from '../../../domain/calendar/ask.ts';
import type { StoredCalendars } from '../../../domain/calendar/question-calendar.ts';
import { aCalendar, aLayer } from './reading.ts';

const evenings = {
  name: 'evening',
  on: { weekdays: ['wed'] as const },
  from: '20:00',
  to: '23:00',
};
const big = { ...evenings, name: 'big', from: '22:00', tags: ['big'] };
const document = { calendar: 'days', zone: 'UTC', allow: [evenings] };

const stored: StoredCalendars = {
  calendar: (name) => ({ days: document, broken: { zone: 'UTC', deny: 7 } })[name],
  client: (key) =>
    key === 'north'
      ? {
          layers: [
            aLayer({ allow: [evenings] }, 'vendor'),
            aLayer({ zone: 'client', allow: [{ from: '00:00', to: '21:30' }, big] }, 'client'),
          ],
          calendar: aCalendar({
            zone: 'client',
            holidays: { fair: ['2026-11-25'] },
            businessDays: { except: ['fair'] },
          }),
          zone: 'UTC',
          tags: ['big'],
        }
      : undefined,
};

/** Wednesday 25 November 2026. */
const at = '2026-11-25T20:00:00Z';

describe('a stored calendar', () => {
  it('is asked by its name', () => {
    expect(ask({ ask: 'state', calendar: 'days', at }, stored)).toStrictEqual({
      closed: false,
      reasons: [],
      nextOpen: at,
      nextClose: '2026-11-25T23:00:00Z',
    });
    expect(ask({ ask: 'validate', calendar: 'days' }, stored)).toStrictEqual({
      valid: true,
      problems: [],
    });
  });

  it('is asked even where a client is named beside it', () => {
    const question = {
      ask: 'state',
      calendar: 'days',
      client: 'north',
      at: '2026-11-25T21:45:00Z',
    };

    expect(ask(question, stored)).toMatchObject({ closed: false });
  });

  it('that cannot be read says what is wrong with it', () => {
    const problem = { code: 'wrong-type', message: 'deny must be a list of rules' };

    expect(ask({ ask: 'state', calendar: 'broken', at }, stored)).toStrictEqual({
      error: { ...problem, at: 'deny' },
    });
    expect(ask({ ask: 'validate', calendar: 'broken' }, stored)).toStrictEqual({
      valid: false,
      problems: [{ ...problem, path: 'deny' }],
    });
  });

  it('has one layer, which windows do not name', () => {
    const question = { ask: 'windows', calendar: 'days', from: at, to: '2026-12-01T00:00:00Z' };

    expect(ask(question, stored)).toStrictEqual({
      windows: [{ start: at, end: '2026-11-25T23:00:00Z', rule: 'evening' }],
    });
  });

  it('has a layer that reasons call calendar', () => {
    expect(
      ask({ ask: 'state', calendar: 'days', at: '2026-11-25T19:59:59Z' }, stored),
    ).toMatchObject({ reasons: [{ layer: 'calendar', rule: 'no allow rule' }] });
  });
});

describe('a stored client', () => {
  it('is asked for all its layers, with its tags and in its zone', () => {
    const states = ['20:00', '21:45', '22:00'].map(
      (time) =>
        ask({ ask: 'state', client: 'north', at: `2026-11-25T${time}:00Z` }, stored)['closed'],
    );

    expect(states).toEqual([false, true, false]);
  });

  it('may be asked for as if it had other tags', () => {
    const question = { ask: 'state', client: 'north', at: '2026-11-25T22:00:00Z', tags: [] };

    expect(ask(question, stored)).toMatchObject({
      closed: true,
      reasons: [{ layer: 'client', rule: 'no allow rule' }],
    });
  });

  it('may be asked for as if it were elsewhere', () => {
    const question = {
      ask: 'state',
      client: 'north',
      at: '2026-11-25T21:45:00Z',
      clientZone: 'Asia/Kolkata',
    };

    // 21:45 in UTC, which is too late there, is 03:15 of the next day in Kolkata.
    expect(ask(question, stored)).toMatchObject({ closed: false });
  });

  it('has windows that say whose they are', () => {
    const range = { from: '2026-11-25T20:30:00Z', to: '2026-11-25T22:30:00Z' };

    expect(ask({ ask: 'windows', client: 'north', ...range }, stored)).toStrictEqual({
      windows: [
        { start: range.from, end: '2026-11-25T21:30:00Z', rule: 'evening', layer: 'vendor' },
        { start: range.from, end: '2026-11-25T21:30:00Z', rule: 'allow[0]', layer: 'client' },
        { start: '2026-11-25T22:00:00Z', end: range.to, rule: 'evening', layer: 'vendor' },
        { start: '2026-11-25T22:00:00Z', end: range.to, rule: 'big', layer: 'client' },
      ],
    });
  });

  it('has business days of its own, and deadlines in its zone', () => {
    const day = { ask: 'isBusinessDay', client: 'north', date: '2026-11-25' };
    const notice = { ask: 'noticeDeadline', client: 'north', date: '2026-11-26', businessDays: 1 };

    expect(ask(day, stored)).toStrictEqual({ businessDay: false, holiday: 'fair' });
    expect(ask(notice, stored)).toStrictEqual({ at: '2026-11-24T17:00:00Z' });
    expect(ask({ ...notice, clientZone: 'America/Toronto' }, stored)).toStrictEqual({
      at: '2026-11-24T22:00:00Z',
    });
  });

  it('is asked by a line too', () => {
    const line = JSON.stringify({ id: 1, ask: 'state', client: 'north', at });

    expect(askLine(line, 1, stored)).toMatchObject({ id: 1, closed: false });
    expect(askLine(line, 1)).toMatchObject({ id: 1, error: { code: 'unknown-client' } });
  });
});
