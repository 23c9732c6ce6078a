import { plan } from '../../../domain/rollout/plan.ts';
import { differenceOfPlans, movesOfPlan } from '../../../domain/rollout/plan-difference.ts';
import type { Placement, PlanContent, PlannedClient } from '../../../domain/rollout/plan-input.ts';
import type { Instant } from '../../../domain/instant.ts';
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

describe('a part that differs', () => {
  const at = (text: string) => `2026-12-${text}:00.000Z` as Instant;
  const placed = {
    kind: 'placed',
    previewAt: at('01T10:00'),
    answerBy: at('02T22:00'),
    noticeAt: at('03T14:00'),
    noticeDeadline: at('04T22:00'),
    slotStart: at('10T01:00'),
    slotLatestEnd: at('10T04:00'),
    localStart: '2026-12-09T20:00:00',
  } as const;
  const kept = {
    kind: 'kept',
    slotStart: placed.slotStart,
    slotLatestEnd: placed.slotLatestEnd,
  } as const;
  const unplaced = { kind: 'unplaced', reasons: ['closed'], relaxation: null } as const;

  function contentWith(
    placement: Placement,
    differences: Partial<PlannedClient> = {},
  ): PlanContent {
    const clientId = 'id-ash' as PlannedClient['clientId'];
    const client = { clientId, key: 'ash', cohort: 0, consent: 'object', placement } as const;
    return { clients: [{ ...client, ...differences }], warnings: [] };
  }

  it.each<readonly [string, PlanContent, PlanContent]>([
    ['another cohort', contentWith(placed), contentWith(placed, { cohort: 1 })],
    ['another consent', contentWith(placed), contentWith(placed, { consent: 'approve' })],
    ['another end', contentWith(placed), contentWith({ ...placed, slotLatestEnd: at('10T03:00') })],
    ['another day to answer', contentWith(placed), contentWith({ ...placed, answerBy: null })],
    ['another notice', contentWith(placed), contentWith({ ...placed, noticeAt: at('03T15:00') })],
    [
      'another deadline',
      contentWith(placed),
      contentWith({ ...placed, noticeDeadline: at('03T22:00') }),
    ],
    ['a date that is kept', contentWith(placed), contentWith(kept)],
    [
      'another end of a date that is kept',
      contentWith(kept),
      contentWith({ ...kept, slotLatestEnd: at('10T03:00') }),
    ],
    ['another cohort without a date', contentWith(unplaced), contentWith(unplaced, { cohort: 1 })],
    ['a kept date in another cohort', contentWith(kept), contentWith(kept, { cohort: 1 })],
  ])('is told though the date is the same: %s', (_, old, present) => {
    expect(differenceOfPlans(old, present)).toMatchObject([{ key: 'ash', what: 'changed' }]);
    expect(differenceOfPlans(present, old)).toMatchObject([{ key: 'ash', what: 'changed' }]);
    expect(differenceOfPlans(old, old)).toEqual([]);
  });

  it('is told with the first reason why there is no date, or why the old one cannot stay', () => {
    const other = { ...unplaced, reasons: ['full', 'closed'] };
    const moved = { ...placed, slotStart: at('11T01:00'), whyMoved: '9 December 20:00 is closed' };
    const differing = (before: Placement, after: Placement) => {
      const [first] = differenceOfPlans(contentWith(before), contentWith(after));
      return [first?.what, first?.from, first?.to, first?.why];
    };
    const start = placed.slotStart;

    expect(differing(unplaced, other)).toEqual(['changed', null, null, 'full']);
    expect(differing(placed, other)).toEqual(['moved', start, null, 'full']);
    expect(differing(unplaced, placed)).toEqual(['moved', null, start, null]);
    expect(differing(unplaced, kept)).toEqual(['moved', null, start, null]);
    expect(differing(placed, moved)).toEqual(['moved', start, at('11T01:00'), moved.whyMoved]);
    expect(differing(placed, { ...unplaced, reasons: [] })).toEqual(['moved', start, null, null]);
  });

  it('moves who had a date, tells again who was told one, and leaves out who has no part', () => {
    const slot = { start: at('09T01:00'), latestEnd: at('09T04:00') };
    const told = planClient('ash', { keeps: { ...slot, why: 'told' } });
    const loose = planClient('ash', { current: slot });
    const movesOf = (client: typeof told, placement: Placement) =>
      movesOfPlan(planInput({ clients: [client] }), contentWith(placement)).map(
        ({ from, to, toldAgain }) => [from, to, toldAgain],
      );

    expect(movesOf(told, placed)).toEqual([[slot.start, placed.slotStart, true]]);
    expect(movesOf(told, unplaced)).toEqual([[slot.start, null, false]]);
    expect(movesOf(loose, placed)).toEqual([[slot.start, placed.slotStart, false]]);
    expect(movesOf(planClient('ash'), placed)).toEqual([[null, placed.slotStart, false]]);
    expect(movesOf(planClient('ash'), unplaced)).toEqual([]);
    expect(movesOf(planClient('birch'), placed)).toEqual([]);
  });
});

it('lists by key, whatever cohorts the clients are in', () => {
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const with2 = planInput({
    cohorts,
    clients: [planClient('ash', { cohort: 1 }), planClient('birch')],
  });

  const difference = differenceOfPlans(plan(planInput({ clients: [] })), plan(with2));

  expect(difference.map(({ key, what }) => [key, what])).toEqual([
    ['ash', 'added'],
    ['birch', 'added'],
  ]);
});
