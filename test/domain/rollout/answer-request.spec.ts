import { parseInstant, plusMs } from '../../../domain/instant.ts';
import { answerRequest } from '../../../domain/rollout/answer-request.ts';
import { planClient, planInput } from './plan-input-of.ts';

const start = parseInstant('2026-12-04T01:00:00Z');
const latestEnd = parseInstant('2026-12-04T04:00:00Z');
const slot = { start, latestEnd };
const told = { ...slot, why: 'told' } as const;
const input = planInput({
  clients: [planClient('ash', { keeps: told }), planClient('birch', { keeps: told })],
});
const freeze = { clientKey: 'ash', kind: 'freeze', reason: 'stocktaking' } as const;

it('answers a freeze with the date that the client would have instead', () => {
  const from = '2026-12-01T00:00';

  expect(answerRequest(input, { ...freeze, from, to: '2026-12-09T00:00' })).toEqual({
    text: 'The client would move to 9 December 20:00; nobody else would move.',
    slotStart: '2026-12-10T01:00:00.000Z',
    moves: [{ key: 'ash', from: start, to: '2026-12-10T01:00:00.000Z' }],
  });
});

it('answers a freeze that does not meet the date with the date as it is', () => {
  const request = { ...freeze, from: '2026-12-20T00:00', to: '2026-12-30T00:00' };

  expect(answerRequest(input, request)).toEqual({
    text: 'The client keeps 3 December 20:00; nobody else would move.',
    slotStart: start,
    moves: [],
  });
});

it('answers a freeze that leaves no date with the rules in the way', () => {
  const answer = answerRequest(input, {
    ...freeze,
    from: '2026-12-01T00:00',
    to: '2027-03-01T00:00',
  });

  expect(answer.slotStart).toBeNull();
  expect(answer.text).toContain('own freeze until 2027-03-01: stocktaking (freeze)');
  expect(answer.moves).toEqual([{ key: 'ash', from: start, to: null }]);
});

it.each([
  ['wed', '20:00', '23:00', 'The client could move to 9 December 20:00; nobody else would move.'],
  ['thu', '20:00', '21:00', 'The client has such a date already: 3 December 20:00.'],
  [
    'sun',
    '09:00',
    '12:00',
    'No date within the plan starts on such a day between 09:00 and 12:00 and has a free place.',
  ],
] as const)('answers a wish for %s between %s and %s', (weekday, fromTime, toTime, text) => {
  const request = { clientKey: 'ash', kind: 'preference', reason: 'quiet then' } as const;

  expect(answerRequest(input, { ...request, weekday, fromTime, toTime }).text).toBe(text);
});

it('leaves a date that meets the wish where it is, though an earlier one would too', () => {
  const later = {
    start: parseInstant('2026-12-11T01:00:00Z'),
    latestEnd: parseInstant('2026-12-11T04:00:00Z'),
  };
  const has = planInput({ clients: [planClient('ash', { keeps: { ...later, why: 'told' } })] });
  const wish = { clientKey: 'ash', kind: 'preference', reason: 'quiet then' } as const;

  const answer = answerRequest(has, {
    ...wish,
    weekday: 'thu',
    fromTime: '20:00',
    toTime: '23:00',
  });

  expect(answer).toMatchObject({ slotStart: later.start, moves: [] });
});

it('finds hours late in a day that is open all day for work of a minute', () => {
  const always = { calendar: 'always', zone: 'client', allow: 'always' };
  const open = planInput({
    calendars: { always },
    vendorCalendarId: 'always',
    policyCalendarId: null,
    policy: { ...input.policy, worstCase: 'PT1M' as never },
    clients: [planClient('ash', { keeps: told })],
  });
  const wish = { clientKey: 'ash', kind: 'preference', reason: 'quiet then' } as const;

  const { slotStart, text } = answerRequest(open, {
    ...wish,
    weekday: 'sat',
    fromTime: '23:30',
    toTime: '24:00',
  });

  expect(text).toContain('23:30');
  expect(slotStart).not.toBeNull();
});

it('prefers a date that the client may choose itself to an earlier one', () => {
  const clientMoves = { times: 1, noticeHours: 24 * 16, latestDays: 60 };
  const bound = { ...input, policy: { ...input.policy, clientMoves } };
  const wish = { clientKey: 'ash', kind: 'preference', reason: 'quiet then' } as const;
  const wednesday = { ...wish, weekday: 'wed', fromTime: '20:00', toTime: '23:00' } as const;

  const [free, limited] = [input, bound].map((each) => answerRequest(each, wednesday).slotStart);

  expect(free! < limited!).toBe(true);
  expect(limited! >= plusMs(input.plannedAt, clientMoves.noticeHours * 3_600_000)).toBe(true);
});

it('answers a skip with the place that becomes free', () => {
  const answer = answerRequest(input, { clientKey: 'ash', kind: 'skip', reason: 'not now' });

  expect(answer).toEqual({
    text: 'The client would be left out, and its place on 3 December 20:00 becomes free; nobody else moves.',
    slotStart: null,
    moves: [{ key: 'ash', from: start, to: null }],
  });
});
