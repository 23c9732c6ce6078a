import { describePlan } from '../../../domain/rollout/describe-plan.ts';
import { plan } from '../../../domain/rollout/plan.ts';
import type { PlanClient, PlanInput } from '../../../domain/rollout/plan-input.ts';
import type { Lead } from '../../../domain/calendar/notice-deadline.ts';
import { type Instant, type LocalDate, parseInstant } from '../../../domain/instant.ts';
import { duration, planClient, planInput } from './plan-input-of.ts';

it('tells a plan in names and local times, and how many differ from the policy', () => {
  const input = planInput({
    clients: [
      planClient('ash', { zone: 'Europe/London' }),
      planClient('birch', { consent: 'approve' }),
    ],
    latestDate: '2026-12-03' as LocalDate,
  });

  const { clients, summary } = describePlan(input, plan(input));

  expect(clients).toMatchObject([
    {
      key: 'ash',
      cohort: 'All',
      localStart: '2026-12-03T20:00:00',
      zone: 'Europe/London',
      differs: [],
    },
    { key: 'birch', slotStart: null, differs: ['consent is approve', 'has no date'] },
  ]);
  expect(summary).toBe('1 standard, 1 differ');
});

it('says of each client in what it differs from the policy', () => {
  const slot = { start: '2026-12-10T01:00:00.000Z', latestEnd: '2026-12-10T04:00:00.000Z' };
  const pin = slot as Record<keyof typeof slot, Instant>;
  const always = { zone: 'client', allow: 'always' };
  const clients = [
    planClient('ash', { layers: [{ layer: 'freeze', calendarId: 'always' }] }),
    planClient('birch', {
      layers: [{ layer: 'agreement', calendarId: 'always', replacesAllow: true }],
      agreedLead: { businessDays: 8 },
    }),
    planClient('cedar', { calendarId: 'always', consent: 'approve', reported: true }),
    planClient('dogwood', { pinned: { ...pin, by: 'client' } }),
    planClient('elm', { pinned: { ...pin, by: 'person' } }),
    planClient('fir'),
  ];
  const input = planInput({ clients, calendars: { ...planInput().calendars, always } });

  const { clients: described, summary } = describePlan(input, plan(input));

  expect(described.map(({ differs }) => differs)).toEqual([
    ['has a freeze of its own'],
    ['has other allowed times by agreement', 'notice is 8 business days by agreement'],
    ['has a calendar of its own', 'consent is approve, it reported the issue'],
    ['chose its date itself'],
    ['was promised its date'],
    [],
  ]);
  expect(described.map(({ pinned }) => pinned)).toEqual([
    null,
    null,
    null,
    'client',
    'person',
    null,
  ]);
  expect(summary).toBe('1 standard, 5 differ');
});

it('tells what would help a client without a date, and whose language the notes lack', () => {
  const input = planInput({
    clients: [planClient('ash', { locale: 'fr' })],
    latestDate: '2026-12-02' as LocalDate,
    noteLocales: ['en'],
  });

  expect(describePlan(input, plan(input)).clients[0]).toMatchObject({
    slotStart: null,
    relaxation: {
      text: 'with the latest date moved to 3 December: 3 December 20:00',
      slotStart: '2026-12-04T01:00:00.000Z',
    },
    missingTranslation: true,
    whyMoved: null,
  });
});

const start = parseInstant('2026-12-10T01:00:00Z');
const latestEnd = parseInstant('2026-12-10T04:00:00Z');

function described(client: Partial<PlanClient>, differences: Partial<PlanInput> = {}) {
  const input = planInput({ clients: [planClient('ash', client)], ...differences });
  return describePlan(input, plan(input)).clients[0];
}

it('tells every date of a client that is placed', () => {
  expect(described({ consent: 'object' })).toEqual({
    key: 'ash',
    name: 'Client ash',
    cohort: 'All',
    consent: 'object',
    // Five business days to answer; then the notice is queued on the 2nd, and due five business days before the 10th.
    previewAt: '2026-11-24T17:00:00.000Z',
    answerBy: '2026-12-01T22:00:00.000Z',
    noticeAt: '2026-12-02T14:00:00.000Z',
    noticeDeadline: '2026-12-03T22:00:00.000Z',
    slotStart: '2026-12-11T01:00:00.000Z',
    slotLatestEnd: '2026-12-11T04:00:00.000Z',
    localStart: '2026-12-10T20:00:00',
    zone: 'America/Toronto',
    reasons: [],
    relaxation: null,
    whyMoved: null,
    pinned: null,
    missingTranslation: false,
    differs: ['consent is object'],
  });
});

it('tells of a date that is kept only the date', () => {
  expect(described({ keeps: { start, latestEnd, why: 'told' } })).toMatchObject({
    previewAt: null,
    answerBy: null,
    noticeAt: null,
    noticeDeadline: null,
    slotStart: start,
    slotLatestEnd: latestEnd,
    localStart: '2026-12-09T20:00:00',
    reasons: [],
    whyMoved: null,
  });
});

it('tells why a date cannot stay', () => {
  const earliestDate = '2026-12-15' as LocalDate;

  expect(described({ current: { start, latestEnd } }, { earliestDate })).toMatchObject({
    whyMoved: '9 December 20:00 lies before the earliest date',
    slotStart: '2026-12-16T01:00:00.000Z',
  });
});

it.each<readonly [Lead, string]>([
  [{ businessDays: 1 }, '1 business day'],
  [{ days: 1 }, '1 day'],
  [{ days: 3 }, '3 days'],
  [{ hours: 1 }, '1 hour'],
  [{ hours: 36 }, '36 hours'],
  [{ duration: duration('PT36H') }, '36 h'],
])('writes an agreed lead of %j as people say it', (agreedLead, words) => {
  expect(described({ agreedLead })?.differs).toEqual([`notice is ${words} by agreement`]);
});

it('leaves out who has no part in the input', () => {
  const input = planInput({ clients: [planClient('ash'), planClient('birch')] });

  const { clients, summary } = describePlan(
    { ...input, clients: [planClient('birch', { consent: 'approve' })] },
    plan(input),
  );

  expect(clients.map(({ key }) => key)).toEqual(['birch']);
  expect(summary).toBe('1 standard, 0 differ');
});
