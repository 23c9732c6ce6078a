import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changeCalendar } from '../../../activities/planning/change-calendar.ts';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import {
  applyPlan,
  type ApplyPlanAnswer,
  planAgain,
} from '../../../activities/planning/plan-again.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import type { ClientRolloutId, CohortId, PlanId, RolloutId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/instant.ts';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import { insertAcceptedNotice } from '../../support/past-fixture.ts';
import {
  eventKinds,
  openPlanningWorld,
  type PlanningWorld,
  savePolicyDocument,
} from './planning-world.ts';

describe('applying new dates', () => {
  let world: PlanningWorld;
  let rolloutId: RolloutId;
  let calendar: { readonly name: string; readonly document: object };

  beforeEach(async () => {
    world = await openPlanningWorld();
    const { changeId } = world;
    const planned = await makePlan(world, { policyName: 'demo', actor: 'pm', changeId });
    if (planned.kind === 'refused') throw new Error(planned.message);
    const started = await startRollout(world, { ...planned, actor: 'pm' });
    if (started.kind === 'refused') throw new Error(started.message);
    ({ rolloutId } = started);
    const [used] = await world.pool.rows<{ name: string; document: object }>(
      `select c.name, c.document from rollout r join calendar c on c.id = r.policy_calendar_id`,
    );
    calendar = used!;
  });

  afterEach(async () => {
    await world.close();
  });

  interface Proposal {
    readonly planId: PlanId;
    readonly hash: string;
  }

  const dateIn = (days: number): string =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  /** Closes the calendar that all keep to until so many days from now. */
  async function closeUntil(days: number): Promise<void> {
    const between = ['2020-01-01T00:00', `${dateIn(days)}T00:00`];
    const document = { ...calendar.document, deny: [{ name: 'the fair is on', between }] };
    const saved = await changeCalendar(world, { name: calendar.name, document, actor: 'pm' });
    expect(saved).toMatchObject({ kind: 'saved' });
  }

  async function propose(clients: 'all' | readonly string[] = 'all'): Promise<Proposal> {
    const order = { rolloutId, clients, actor: 'pm', reason: 'the fair is on' } as const;
    const proposed = await planAgain(world, order);
    if (proposed.kind === 'refused') throw new Error(proposed.message);
    return proposed;
  }

  const apply = async ({ planId, hash }: Proposal): Promise<ApplyPlanAnswer> =>
    await applyPlan(world, { rolloutId, planId, hash, actor: 'pm' });

  const dates = async (): Promise<readonly { start: Instant; number: number }[]> =>
    await world.pool.rows(
      `select cr.slot_start as start, cr.slot_number as number from client_rollout cr order by cr.plan_position`,
    );

  it('moves nobody when it is proposed, and exactly whom it showed when it is confirmed', async () => {
    await closeUntil(3);
    const before = await dates();
    const proposal = await propose();
    const shown = await dates();
    const applied = await apply(proposal);
    const after = await dates();

    expect(shown).toEqual(before);
    if (applied.kind === 'refused') throw new Error(applied.message);
    expect(applied.moves.map(({ to }) => to)).toEqual(after.map(({ start }) => start));
    expect(after.map(({ number }) => number)).toEqual([2, 2, 2, 2]);
  });

  it('refuses a proposal once its calendar was changed again, and says what differs now', async () => {
    await closeUntil(3);
    const proposal = await propose();
    await closeUntil(5);
    const before = await dates();
    const stale = await apply(proposal);

    expect(stale).toMatchObject({ kind: 'refused', code: 'PLAN_STALE' });
    if (stale.kind !== 'refused') return;
    expect(stale.difference).toHaveLength(4);
    expect(stale.difference?.[0]).toMatchObject({ key: 'ash', what: 'moved' });
    expect(stale.message).toContain('ash (moved)');
    expect(await dates()).toEqual(before);
    expect(world.desk.calls).toEqual([]);
    expect(await eventKinds(world, 'refused.%')).toEqual(['refused.apply-plan']);
  });

  it('goes on by the rules that the rollout began with when its policy was saved anew', async () => {
    await closeUntil(3);
    const proposal = await propose();
    await savePolicyDocument(world, { ...demoPolicy, maxInFlight: 1 });

    expect(await apply(proposal)).toMatchObject({ kind: 'applied' });
  });

  it('refuses to move a client that was told its date after the proposal was shown', async () => {
    const proposal = await propose(['ash']);
    const [ash] = world.clients;
    const [row] = await world.pool.rows<{
      id: ClientRolloutId;
      cohort: CohortId;
      local: string;
      later: Instant;
    }>(
      `select cr.id, cr.cohort_id as cohort, cr.slot_local_start as local, clock_timestamp() + interval '1 minute' as later
       from client_rollout cr
       where cr.client_id = $1`,
      [ash!.clientId],
    );
    const part = { ...ash!, clientRolloutId: row!.id, cohortId: row!.cohort };
    await insertAcceptedNotice(world.pool, part, { rolloutId }, row!.later);
    await world.pool.rows(
      `update mail_delivery as m set bound_to = $1, accepted_at = clock_timestamp()`,
      [row!.local],
    );
    // The proposal holds another start for it than it has.
    await world.pool.rows(
      `update client_rollout as cr set slot_start = cr.slot_start + interval '1 second' where cr.id = $1`,
      [row!.id],
    );
    const before = await dates();
    const stale = await apply(proposal);

    expect(stale).toMatchObject({ kind: 'refused', code: 'PLAN_STALE' });
    expect(stale).toMatchObject({ message: expect.stringContaining('ash has been told') });
    expect(await dates()).toEqual(before);
    expect(await apply(await propose(['ash']))).toMatchObject({
      kind: 'applied',
      moves: [{ key: 'ash', toldAgain: true }],
    });
  });

  it('moves each client once when two proposals are applied at the same time', async () => {
    await closeUntil(3);
    const proposals = [await propose(), await propose()];
    const answers = await Promise.all(proposals.map(async (each) => await apply(each)));

    expect(answers.filter(({ kind }) => kind === 'applied').length).toBeGreaterThan(0);
    expect((await dates()).map(({ number }) => number)).toEqual([2, 2, 2, 2]);
    expect(world.desk.calls.filter(({ verb }) => verb === 'moveDate')).toHaveLength(4);
  });

  it('refuses missed clients a proposal in which one that missed since has no part', async () => {
    await world.pool.rows(`update client_rollout set state = 'missed' where plan_position = 1`);
    const order = { rolloutId, clients: 'missed', actor: 'pm', reason: 'late' } as const;
    const proposed = await planAgain(world, order);
    if (proposed.kind === 'refused') throw new Error(proposed.message);
    await world.pool.rows(`update client_rollout set state = 'missed' where plan_position = 2`);
    const stale = await apply(proposed);

    expect(stale).toMatchObject({ kind: 'refused', code: 'PLAN_STALE' });
    expect(await apply(await propose(['ash', 'birch']))).toMatchObject({ kind: 'applied' });
  });
});
