import { ask } from '../../../domain/calendar/ask.ts';
import type { CalendarDocument } from '../../../domain/calendar/calendar-document.ts';

/** What other systems shipped wrong, each with the answer that is right. */
function opens(document: CalendarDocument, at: string, others: object = {}): unknown {
  const { closed, nextOpen } = ask({ ask: 'state', calendar: document, at, ...others });
  return closed === false ? 'open' : nextOpen;
}

const toronto = 'America/Toronto';

it('keeps to the allow list when the search passes midnight', () => {
  const document: CalendarDocument = {
    zone: 'UTC',
    allow: [{ on: { weekdays: ['mon', 'wed'] }, from: '22:00', to: '23:00' }],
  };

  expect(opens(document, '2026-11-23T23:30:00Z')).toBe('2026-11-25T22:00:00Z');
});

it('is not closed by an allow window that is not active while another one is', () => {
  const document: CalendarDocument = {
    zone: 'UTC',
    allow: [
      { from: '08:00', to: '12:00' },
      { from: '20:00', to: '22:00' },
    ],
  };

  expect(opens(document, '2026-11-25T09:00:00Z')).toBe('open');
  expect(opens(document, '2026-11-25T21:00:00Z')).toBe('open');
});

it('takes the offset of the asked instant, not of today', () => {
  const document: CalendarDocument = { zone: toronto, allow: [{ from: '20:00', to: '21:00' }] };

  expect(opens(document, '2027-01-10T12:00:00Z')).toBe('2027-01-11T01:00:00Z');
  expect(opens(document, '2027-07-10T12:00:00Z')).toBe('2027-07-11T00:00:00Z');
});

it('takes the offset on each side of a clock change for the windows of one search', () => {
  const document: CalendarDocument = {
    zone: toronto,
    allow: [{ on: { weekdays: ['sat', 'mon'] }, from: '20:00', to: '21:00' }],
  };

  const { windows } = ask({
    ask: 'windows',
    calendar: document,
    from: '2027-03-13T00:00:00Z',
    to: '2027-03-17T00:00:00Z',
  });

  expect(windows).toMatchObject([
    { start: '2027-03-14T01:00:00Z' },
    { start: '2027-03-16T00:00:00Z' },
  ]);
});

it('holds a recurring freeze against the asked time, not against the day it is asked on', () => {
  const document: CalendarDocument = {
    zone: 'UTC',
    allow: 'always',
    deny: [{ on: { weekdays: ['fri'] }, from: '16:00', to: '24:00' }],
  };

  expect(opens(document, '2026-11-27T15:59:59Z')).toBe('open');
  expect(opens(document, '2026-11-27T16:00:00Z')).toBe('2026-11-28T00:00:00Z');
});

it('takes the weekday from the same clock as the hours', () => {
  const document: CalendarDocument = {
    zone: toronto,
    allow: [{ on: { weekdays: ['tue'] }, from: '20:00', to: '23:00' }],
  };

  expect(opens(document, '2026-11-25T02:00:00Z')).toBe('open');
  expect(opens(document, '2026-11-24T02:00:00Z')).toBe('2026-11-25T01:00:00Z');
});

it('keeps a zone and an offset apart', () => {
  const evening = [{ from: '20:00', to: '21:00' }];

  const instants = [toronto, '-05:00'].map((zone) =>
    opens({ zone, allow: evening }, '2027-07-10T12:00:00Z'),
  );

  expect(instants).toEqual(['2027-07-11T00:00:00Z', '2027-07-11T01:00:00Z']);
});

it('does not turn an overnight window into the day between its hours', () => {
  const document: CalendarDocument = { zone: 'UTC', allow: [{ from: '22:00', to: '05:00' }] };

  expect(opens(document, '2026-11-25T12:00:00Z')).toBe('2026-11-25T22:00:00Z');
  expect(opens(document, '2026-11-25T04:59:59Z')).toBe('open');
});

it.each(['allow', 'deny'] as const)('leaves the end minute out of every %s rule', (list) => {
  const rule = [{ from: '08:00', to: '09:00' }];
  const document: CalendarDocument = { zone: 'UTC', allow: 'always', [list]: rule };
  const span = { ...document, [list]: [{ between: ['2026-11-25T08:00', '2026-11-25T09:00'] }] };

  const isCovered = ['08:00:00', '08:59:59', '09:00:00'].map((time) =>
    [document, span].map((each) => {
      const isOpen = opens(each, `2026-11-25T${time}Z`) === 'open';
      return list === 'allow' ? isOpen : !isOpen;
    }),
  );

  expect(isCovered).toEqual([
    [true, true],
    [true, true],
    [false, false],
  ]);
});

it('does not take the last weekday of a month for its fifth', () => {
  const november = { calendar: { zone: 'UTC' }, from: '2026-11-01', to: '2026-11-30' };

  const [fifth, last] = [5, -1].map(
    (nth) => ask({ ...november, ask: 'dates', on: { monthly: { nth, weekday: 'thu' } } })['dates'],
  );

  expect([fifth, last]).toEqual([[], ['2026-11-26']]);
});

it.each(['America/Toronto', 'Australia/Lord_Howe', 'Antarctica/Troll'])(
  'reads an overlap of %s at its first occurrence, whatever day it is today',
  (zone) => {
    const overlaps = {
      'America/Toronto': '2026-11-01T01:30',
      'Australia/Lord_Howe': '2027-04-04T01:45',
      'Antarctica/Troll': '2026-10-25T02:30',
    };
    const local = overlaps[zone as keyof typeof overlaps];

    const { instant, resolved } = ask({ ask: 'localToInstant', zone, local });
    const before = ask({ ask: 'instantToLocal', zone, at: instant });

    expect(resolved).toBe('overlap');
    expect(before['local']).toBe(`${local}:00`);
    expect(before['offset']).toBe(
      {
        'America/Toronto': '-04:00',
        'Australia/Lord_Howe': '+11:00',
        'Antarctica/Troll': '+02:00',
      }[zone],
    );
  },
);

it('has the substitute of Boxing Day 2026 where people put it, and no Easter Monday of its own', () => {
  const holidays = { 'ca-on': ['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26'] };
  const calendar = { zone: toronto, holidays, businessDays: { except: ['ca-on'] } };
  const dates = ['2026-12-25', '2026-12-26', '2026-12-28', '2027-03-26', '2027-03-29'];

  const isWorked = dates.map(
    (date) => ask({ ask: 'isBusinessDay', calendar, date })['businessDay'],
  );

  expect(isWorked).toEqual([false, false, false, false, true]);
});

it('resumes what was held: the answer always says when next', () => {
  const document: CalendarDocument = {
    zone: toronto,
    allow: [{ on: { weekdays: ['thu'] }, from: '20:00', to: '23:00' }],
    deny: [
      { between: ['2026-12-15T00:00', '2027-01-05T00:00'] },
      { on: { yearly: { from: '01-01', to: '01-10' } } },
    ],
  };

  expect(opens(document, '2026-12-17T12:00:00Z')).toBe('2027-01-15T01:00:00Z');
});
