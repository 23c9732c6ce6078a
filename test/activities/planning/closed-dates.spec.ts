import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { endAgreementNow, makeAgreement } from '../../../activities/planning/agreements.ts';
import { changeCalendar } from '../../../activities/planning/change-calendar.ts';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import { applyPlan, planAgain } from '../../../activities/planning/plan-again.ts';
import { skipClients } from '../../../activities/planning/skip-clients.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import { stopRollout } from '../../../activities/planning/stop-rollout.ts';
import type { RolloutId } from '../../../domain/ids.ts';
import { openPlanningWorld, type PlanningWorld } from './planning-world.ts';

describe('a freeze that closes planned dates', () => {
  let world: PlanningWorld;
  let rolloutId: RolloutId;
  let calendar: string;
  let document: object;

  beforeEach(async () => {
    world = await openPlanningWorld();
    const { changeId } = world;
    const planned = await makePlan(world, { policyName: 'demo', actor: 'pm', changeId });
    if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned));
    const { planId, hash } = planned;
    const started = await startRollout(world, { planId, hash, actor: 'pm' });
    if (started.kind !== 'started') throw new Error(JSON.stringify(started));
    ({ rolloutId } = started);
    const [used] = await world.pool.rows<{ name: string; document: object }>(
      `select c.name, c.document from rollout r join calendar c on c.id = r.policy_calendar_id`,
    );
    ({ name: calendar, document } = used!);
  });

  afterEach(async () => {
    await world.close();
  });

  const inDays = (days: number): string =>
    new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  async function freezeCedar(): Promise<string> {
    const made = await makeAgreement(world, {
      clientKey: 'cedar',
      terms: {
        kind: 'freeze',
        document: { from: '2020-01-01T00:00', to: '2099-01-01T00:00', reason: 'stocktaking' },
      },
      source: 'call',
      owner: 'Dana',
      actor: 'pm',
    });
    if (made.kind !== 'made') throw new Error(JSON.stringify(made));
    return made.agreement.id;
  }

  async function freezeEverybody(name = 'Year-end freeze'): Promise<void> {
    const deny = [
      { name, on: { every: { days: 1, since: '2020-01-01' } }, valid: { until: inDays(4) } },
    ];
    const saved = await changeCalendar(world, {
      name: calendar,
      document: { ...document, deny },
      actor: 'pm',
    });
    expect(saved).toMatchObject({ kind: 'saved' });
  }

  const questions = async () =>
    await world.pool.rows<{ text: string; resolution: string | null; actions: string[] }>(
      `select a.text, a.resolution, a.actions from attention_item a where a.kind = 'closed-dates'`,
    );

  const dates = async () =>
    await world.pool.rows(
      `select cr.id, cr.slot_start, cr.state from client_rollout cr order by 1`,
    );

  it('asks once with who it is and what the planner proposes, and moves nobody', async () => {
    const before = await dates();
    await freezeEverybody();
    await freezeEverybody();

    const asked = await questions();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ resolution: null, actions: ['plan-again'] });
    expect(asked[0]!.text).toMatch(
      /^4 clients' dates are closed by Year-end freeze \(policy\): ash, birch, cedar, dogwood\. None of them was told a date\. Plan them again: ash to \d{4}-\d\d-\d\d \d\d:\d\d, /,
    );
    expect(await dates()).toEqual(before);
  });

  it('takes the question back when the freeze goes', async () => {
    const id = await freezeCedar();
    const asked = await questions();
    await endAgreementNow(world, { id, reason: 'lifted', actor: 'pm' });

    expect(asked).toEqual([
      expect.objectContaining({
        text: expect.stringMatching(
          /^1 client's date is closed by .*stocktaking.*: cedar\. .*no date for cedar\.$/,
        ),
        resolution: null,
      }),
    ]);
    expect(await questions()).toEqual([
      expect.objectContaining({ resolution: 'no planned date is closed any more' }),
    ]);
  });

  it('settles the question when new dates are applied', async () => {
    await freezeEverybody();
    const order = { rolloutId, clients: 'all', reason: 'year-end', actor: 'pm' } as const;
    const proposal = await planAgain(world, order);
    if (proposal.kind !== 'proposed') throw new Error(JSON.stringify(proposal));
    const { planId, hash } = proposal;
    const applied = await applyPlan(world, { rolloutId, planId, hash, actor: 'pm' });

    expect(applied.kind).toBe('applied');
    expect(await questions()).toEqual([
      expect.objectContaining({ resolution: 'no planned date is closed any more' }),
    ]);
  });

  it('asks anew when other dates are closed', async () => {
    await freezeCedar();
    await freezeEverybody();

    const asked = await questions();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      text: expect.stringMatching(/^4 clients' dates/),
      resolution: null,
    });
  });

  it('asks nothing where every date stays open', async () => {
    const saved = await changeCalendar(world, { name: calendar, document, actor: 'pm' });

    expect(saved.kind).toBe('saved');
    expect(await questions()).toEqual([]);
  });

  it('has no question left about a client that was skipped, or a rollout that was stopped', async () => {
    await freezeCedar();
    await skipClients(world, {
      rolloutId,
      clients: { keys: ['cedar'] },
      reason: 'frozen',
      nextVersion: null,
      actor: 'pm',
    });
    const skipped = await questions();
    await freezeEverybody();
    await stopRollout(world, { rolloutId, reason: 'over', actor: 'pm' });

    expect(skipped).toEqual([expect.objectContaining({ resolution: expect.any(String) })]);
    expect(await questions()).toEqual([
      expect.objectContaining({ resolution: 'the rollout was stopped' }),
    ]);
  });
});
