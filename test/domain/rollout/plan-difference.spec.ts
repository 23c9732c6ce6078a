import { describePlan } from '../../../domain/rollout/describe-plan.ts';
import { plan } from '../../../domain/rollout/plan.ts';
import { differenceOfPlans } from '../../../domain/rollout/plan-difference.ts';
import type { Instant, LocalDate } from '../../../domain/instant.ts';
import { planClient, planInput } from './plan-input-of.ts';

const before = planInput({ clients: [planClient('ash'), planClient('birch')] });

it('finds no difference between a plan and itself', () => {
  expect(differenceOfPlans(plan(before), plan({ ...before }))).toEqual([]);
});

it('names who was added, left out, moved or asked differently', () => {
  const after = planInput({
    clients: [planClient('birch', { zone: 'America/Vancouver' }), planClient('cedar')],
  });
  const asked = planInput({
    clients: [planClient('ash', { consent: 'object' }), planClient('birch')],
  });

  const difference = differenceOfPlans(plan(before), plan(after));

  expect(difference).toEqual([
    { key: 'ash', from: '2026-12-04T01:00:00.000Z', to: null, what: 'left out', why: null },
    {
      key: 'birch',
      from: '2026-12-04T01:00:00.000Z',
      to: '2026-12-04T03:00:00.000Z',
      what: 'moved',
      why: null,
    },
    { key: 'cedar', from: null, to: '2026-12-04T01:00:00.000Z', what: 'added', why: null },
  ]);
  expect(differenceOfPlans(plan(before), plan(asked))).toMatchObject([{ key: 'ash' }]);
});

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
