import { describePlan } from '../../../domain/rollout/describe-plan.ts';
import { plan } from '../../../domain/rollout/plan.ts';
import { differenceOfPlans } from '../../../domain/rollout/plan-difference.ts';
import type { LocalDate } from '../../../domain/instant.ts';
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
    { key: 'ash', from: '2026-12-04T01:00:00.000Z', to: null, what: 'left out' },
    {
      key: 'birch',
      from: '2026-12-04T01:00:00.000Z',
      to: '2026-12-04T03:00:00.000Z',
      what: 'moved',
    },
    { key: 'cedar', from: null, to: '2026-12-04T01:00:00.000Z', what: 'added' },
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
