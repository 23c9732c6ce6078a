import { ask, askLine } from '../../../domain/calendar/ask.ts';

const calendar = {
  zone: 'America/Toronto',
  holidays: {
    'ca-on': ['2026-12-25', '2026-12-28', '2027-01-01'],
    shop: ['2026-12-25', '2026-12-26'],
  },
  businessDays: { except: ['shop', 'ca-on'], extra: ['2026-12-19'] },
};

describe('a line', () => {
  it('that is blank has no answer', () => {
    expect(['', '   ', '\t'].map((line) => askLine(line, 1))).toEqual(Array(3).fill(undefined));
  });

  it.each([
    ['that is no JSON', 'nonsense'],
    ['that breaks off', '{"id": 1, "ask": "state"'],
    ['that is a list', '[]'],
    ['that is a number', '7'],
    ['that is null', 'null'],
    ['that is nested to hurt', `{"id": ${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['that is nested and breaks off', '['.repeat(200_000)],
  ])('%s is answered with its number', (_what, line) => {
    const answer = askLine(line, 42);

    expect(answer).toMatchObject({ id: null, line: 42, error: { code: 'unreadable-line' } });
    expect(JSON.stringify(answer)).toContain('line 42');
  });

  it('may hold any brackets in its texts', () => {
    const id = `${'['.repeat(5000)} \\" {`;
    const line = JSON.stringify({ id, ask: 'isBusinessDay', calendar, date: '2026-11-25' });

    expect(askLine(line, 1)).toEqual({ id, businessDay: true });
  });

  it.each([['a text'], [7], [null], [{ any: ['thing'] }], [false]])('keeps its id %j', (id) => {
    const question = { id, ask: 'isBusinessDay', calendar, date: '2026-11-25' };

    expect(askLine(JSON.stringify(question), 1)).toEqual({ id, businessDay: true });
    expect(ask({ ...question, date: 'today' })).toMatchObject({ id, error: { code: 'bad-date' } });
  });

  it('without an id is answered without one', () => {
    expect(Object.keys(ask({ ask: 'isBusinessDay', calendar, date: '2026-11-25' }))).toEqual([
      'businessDay',
    ]);
  });
});

describe('an error', () => {
  const state = { ask: 'state', calendar, at: '2026-11-25T20:00:00Z' };
  const range = { calendar, from: '2026-11-25T20:00:00Z', to: '2026-11-26T20:00:00Z' };

  it.each<[string, object, string, string]>([
    ['no question', { calendar }, 'unknown-question', 'ask'],
    ['an unknown question', { ask: 'constructor', calendar }, 'unknown-question', 'ask'],
    ['no calendar', { ask: 'state', at: state.at }, 'required', 'calendar'],
    [
      'a calendar that is not stored',
      { ...state, calendar: 'support-days' },
      'unknown-calendar',
      'calendar',
    ],
    [
      'a client that is not known',
      { ask: 'state', client: 'north', at: state.at },
      'unknown-client',
      'client',
    ],
    [
      'an unreadable calendar',
      { ...state, calendar: { zone: 'UTC', allow: [{ from: '1', to: '02:00' }] } },
      'bad-time',
      'allow[0].from',
    ],
    ['no instant', { ask: 'state', calendar }, 'required', 'at'],
    ['a local time for an instant', { ...state, at: '2026-11-25T20:00' }, 'bad-instant', 'at'],
    ['an offset in an instant', { ...state, at: '2026-11-25T20:00:00+00:00' }, 'bad-instant', 'at'],
    [
      'an instant of a day that does not exist',
      { ...state, at: '2026-02-29T20:00:00Z' },
      'bad-instant',
      'at',
    ],
    [
      'a tenth digit of a second',
      { ...state, at: '2026-11-25T20:00:00.1234567890Z' },
      'bad-instant',
      'at',
    ],
    ['a worst case of months', { ...state, worstCase: 'P1M' }, 'bad-duration', 'worstCase'],
    ['a worst case of half hours', { ...state, worstCase: 'PT0.5H' }, 'bad-duration', 'worstCase'],
    ['an empty worst case', { ...state, worstCase: 'PT' }, 'bad-duration', 'worstCase'],
    ['tags in one text', { ...state, tags: 'big' }, 'wrong-type', 'tags'],
    [
      'an unknown client zone, needed or not',
      { ...state, clientZone: 'Mars/Olympus' },
      'unknown-zone',
      'clientZone',
    ],
    [
      'windows that end before they start',
      { ...range, ask: 'windows', from: '2026-11-27T20:00:00Z' },
      'from-after-to',
      'from',
    ],
    [
      'windows that end a nanosecond before they start',
      { ...range, ask: 'windows', from: '2026-11-26T20:00:00.000000001Z' },
      'from-after-to',
      'from',
    ],
    [
      'windows of all times',
      {
        ...range,
        ask: 'windows',
        calendar: { zone: 'UTC', allow: 'always' },
        from: '0001-01-01T00:00:00Z',
        to: '9999-12-31T00:00:00Z',
      },
      'range-too-long',
      'to',
    ],
    [
      'dates that end before they start',
      { ask: 'dates', calendar, on: { months: [1] }, from: '2026-11-02', to: '2026-11-01' },
      'from-after-to',
      'from',
    ],
    [
      'dates of all times',
      { ask: 'dates', calendar, on: { months: [1] }, from: '0001-01-01', to: '9999-12-31' },
      'range-too-long',
      'to',
    ],
    [
      'dates of nothing',
      { ask: 'dates', calendar, from: '2026-11-01', to: '2026-11-01' },
      'required',
      'on',
    ],
    [
      'dates of an unreadable selector',
      {
        ask: 'dates',
        calendar,
        on: { any: [{ monthDays: [0] }] },
        from: '2026-11-01',
        to: '2026-11-01',
      },
      'bad-number',
      'on.any[0].monthDays[0]',
    ],
    [
      'half a business day',
      { ask: 'addBusinessDays', calendar, date: '2026-11-25', days: 0.5 },
      'bad-number',
      'days',
    ],
    [
      'a roll of another name',
      { ask: 'addBusinessDays', calendar, date: '2026-11-25', days: 1, roll: 'nearest' },
      'bad-choice',
      'roll',
    ],
    [
      'business days out of all years',
      { ask: 'addBusinessDays', calendar, date: '0002-01-01', days: -1_000_000 },
      'out-of-range',
      'days',
    ],
    [
      'a notice of negative days',
      { ask: 'noticeDeadline', calendar, date: '2026-11-25', days: -1 },
      'bad-number',
      'days',
    ],
    [
      'a notice out of all years',
      { ask: 'noticeDeadline', calendar, date: '2026-11-25', days: 1_000_000 },
      'out-of-range',
      'days',
    ],
    [
      'a notice by both',
      { ask: 'noticeDeadline', calendar, date: '2026-11-25', days: 1, businessDays: 1 },
      'bad-question',
      'date',
    ],
    [
      'a notice of hours by date',
      { ask: 'noticeDeadline', calendar, date: '2026-11-25', hours: 1 },
      'bad-question',
      'date',
    ],
    [
      'a notice of days by start',
      { ask: 'noticeDeadline', calendar, start: state.at, days: 1 },
      'bad-question',
      'start',
    ],
    [
      'a zone of no name',
      { ask: 'instantToLocal', zone: 'EST5', at: state.at },
      'unknown-zone',
      'zone',
    ],
    [
      'an instant for a local time',
      { ask: 'localToInstant', zone: 'UTC', local: '2026-11-25T20:00Z' },
      'bad-local-time',
      'local',
    ],
  ])('is the answer to %s', (_what, question, code, at) => {
    expect(ask({ id: 1, ...question })).toMatchObject({ id: 1, error: { code, at } });
  });

  it('is not the answer when a question has more fields than it needs', () => {
    expect(ask({ ...state, suite: 'ours', note: 'why', expect: { closed: true } })).toMatchObject({
      closed: true,
    });
  });
});

it('takes null for what is not said', () => {
  const question = { ask: 'state', calendar: { zone: 'UTC', allow: 'always' } };
  const unsaid = { kind: null, tags: null, clientZone: null, worstCase: null };

  expect(ask({ ...question, ...unsaid, at: '2026-11-25T20:00:00Z' })).toMatchObject({
    closed: false,
  });
  expect(ask({ ...question, at: null })).toMatchObject({ error: { code: 'required', at: 'at' } });
});

describe('fractions of a second', () => {
  it.each([
    ['to nine digits', '2026-11-25T20:00:00.123456789Z', '2026-11-25T20:00:00.123456789Z'],
    ['not at all when they are zero', '2026-11-25T20:00:00.000Z', '2026-11-25T20:00:00Z'],
    ['without the seconds that were left out', '2026-11-25T20:00Z', '2026-11-25T20:00:00Z'],
  ])('are kept %s', (_what, at, expected) => {
    expect(ask({ ask: 'state', calendar: { zone: 'UTC', allow: 'always' }, at })).toMatchObject({
      nextOpen: expected,
    });
  });

  it('are kept by the clocks of a zone, and dropped by a gap', () => {
    const zone = 'America/Toronto';

    expect(ask({ ask: 'instantToLocal', zone, at: '2026-11-25T20:00:00.5Z' })).toEqual({
      local: '2026-11-25T15:00:00.5',
      offset: '-05:00',
    });
    expect(ask({ ask: 'localToInstant', zone, local: '2026-11-01T01:30:00.25' })).toEqual({
      instant: '2026-11-01T05:30:00.25Z',
      resolved: 'overlap',
    });
    expect(ask({ ask: 'localToInstant', zone, local: '2027-03-14T02:30:00.25' })).toEqual({
      instant: '2027-03-14T07:00:00Z',
      resolved: 'gap',
    });
  });

  it('cut the windows of a range', () => {
    const question = {
      ask: 'windows',
      calendar: { zone: 'UTC', allow: 'always' },
      from: '2026-11-25T20:00:00.000000001Z',
      to: '2026-11-25T20:00:00.5Z',
    };

    expect(ask(question)).toEqual({
      windows: [{ start: question.from, end: question.to, rule: 'always' }],
    });
  });

  it('are none of a range that has no length', () => {
    const at = '2026-11-25T20:00:00Z';

    expect(
      ask({ ask: 'windows', calendar: { zone: 'UTC', allow: 'always' }, from: at, to: at }),
    ).toEqual({ windows: [] });
  });
});

describe('windows', () => {
  it('are those of each rule and start date, after deny rules and not joined', () => {
    const document = {
      zone: 'UTC',
      allow: [
        { name: 'day', from: '08:00', to: '18:00' },
        { name: 'night', from: '17:00', to: '08:00' },
      ],
      deny: [{ from: '12:00', to: '13:00' }],
    };

    const answer = ask({
      ask: 'windows',
      calendar: document,
      from: '2026-11-25T00:00:00Z',
      to: '2026-11-25T18:00:00Z',
    });

    expect(answer['windows']).toEqual([
      { start: '2026-11-25T00:00:00Z', end: '2026-11-25T08:00:00Z', rule: 'night' },
      { start: '2026-11-25T08:00:00Z', end: '2026-11-25T12:00:00Z', rule: 'day' },
      { start: '2026-11-25T13:00:00Z', end: '2026-11-25T18:00:00Z', rule: 'day' },
      { start: '2026-11-25T17:00:00Z', end: '2026-11-25T18:00:00Z', rule: 'night' },
    ]);
  });
});

describe('business days', () => {
  it.each([
    ['a working day', '2026-12-24', { businessDay: true }],
    [
      'a holiday, by the first set that has it',
      '2026-12-25',
      { businessDay: false, holiday: 'shop' },
    ],
    ['a holiday of the second set', '2026-12-28', { businessDay: false, holiday: 'ca-on' }],
    ['a holiday on a weekend', '2026-12-26', { businessDay: false, holiday: 'shop' }],
    ['a weekend', '2026-12-27', { businessDay: false }],
    ['a worked Saturday', '2026-12-19', { businessDay: true }],
  ])('tell %s', (_what, date, expected) => {
    expect(ask({ ask: 'isBusinessDay', calendar, date })).toEqual(expected);
  });

  it('never name a holiday on a day that is worked all the same', () => {
    const worked = { ...calendar, businessDays: { except: ['shop'], extra: ['2026-12-25'] } };

    expect(ask({ ask: 'isBusinessDay', calendar: worked, date: '2026-12-25' })).toEqual({
      businessDay: true,
    });
  });

  it.each<[string, string, number, string | undefined, string]>([
    ['on from a day off, counting from it', '2026-12-25', 1, undefined, '2026-12-29'],
    ['on from a day off, moved on first', '2026-12-25', 1, 'forward', '2026-12-30'],
    ['on from a day off, moved back first', '2026-12-25', 1, 'backward', '2026-12-29'],
    ['back from a day off, counting from it', '2026-12-25', -1, 'none', '2026-12-24'],
    ['back from a day off, moved back first', '2026-12-25', -1, 'backward', '2026-12-23'],
    ['back from a day off, moved on first', '2026-12-25', -1, 'forward', '2026-12-24'],
    ['no days from a day off', '2026-12-25', 0, 'none', '2026-12-25'],
    ['no days from a day off, moved on', '2026-12-25', 0, 'forward', '2026-12-29'],
    ['no days from a day off, moved back', '2026-12-25', 0, 'backward', '2026-12-24'],
    ['over a worked Saturday', '2026-12-18', 2, undefined, '2026-12-21'],
    ['a hundred thousand days', '2026-12-18', 100_000, undefined, '2410-04-13'],
  ])('count %s', (_what, date, days, roll, expected) => {
    expect(ask({ ask: 'addBusinessDays', calendar, date, days, roll })).toEqual({ date: expected });
  });

  it.each([
    ['the first but not the last day', '2026-12-21', '2026-12-24', 3],
    ['no day between a day and itself', '2026-12-21', '2026-12-21', 0],
    ['no day off', '2026-12-24', '2026-12-29', 1],
    ['a worked Saturday', '2026-12-19', '2026-12-21', 1],
    ['back, as minus the days counted on', '2026-12-29', '2026-12-24', -1],
    ['back from a day that is not counted', '2026-12-24', '2026-12-21', -3],
  ])('between two dates are %s', (_what, from, to, days) => {
    expect(ask({ ask: 'businessDaysBetween', calendar, from, to })).toEqual({ days });
  });
});

describe('a notice', () => {
  const date = '2026-12-29';

  it.each<[string, object, string]>([
    [
      'business days before the date, it not counted',
      { date, businessDays: 1 },
      '2026-12-24T22:00:00Z',
    ],
    [
      'on the business day before a day off, for none',
      { date: '2026-12-26', businessDays: 0 },
      '2026-12-24T22:00:00Z',
    ],
    ['on the date itself, for none', { date, businessDays: 0 }, '2026-12-29T22:00:00Z'],
    ['days before the date, also on a day off', { date, days: 3 }, '2026-12-26T22:00:00Z'],
    [
      "by the client's clock whenever it is said",
      { date, businessDays: 1, clientZone: 'Europe/Berlin' },
      '2026-12-24T16:00:00Z',
    ],
    [
      'hours before the start',
      { start: '2026-12-29T01:00:00Z', hours: 48 },
      '2026-12-27T01:00:00Z',
    ],
    [
      'at the start, for no hours',
      { start: '2026-12-29T01:00:00.5Z', hours: 0 },
      '2026-12-29T01:00:00.5Z',
    ],
  ])('is due %s', (_what, question, at) => {
    expect(ask({ ask: 'noticeDeadline', calendar, ...question })).toEqual({ at });
  });

  it('is due when the business hours end, also at midnight', () => {
    const late = { zone: 'UTC', businessDays: { hours: { from: '12:00', to: '24:00' } } };

    expect(ask({ ask: 'noticeDeadline', calendar: late, date, days: 1 })).toEqual({
      at: '2026-12-29T00:00:00Z',
    });
  });

  it('by date needs the zone of the client when the calendar is in it', () => {
    const question = { ask: 'noticeDeadline', calendar: { zone: 'client' }, date, days: 1 };

    expect(ask(question)).toMatchObject({ error: { code: 'client-zone-missing' } });
    expect(ask({ ...question, clientZone: 'Asia/Tokyo' })).toEqual({ at: '2026-12-28T08:00:00Z' });
  });
});
