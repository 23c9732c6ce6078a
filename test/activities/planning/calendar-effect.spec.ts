import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  effectOfAgreement,
  effectOfCalendar,
} from '../../../activities/planning/calendar-effect.ts';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import { openPlanningWorld, type PlanningWorld } from './planning-world.ts';

describe('what an edit would move', () => {
  let world: PlanningWorld;

  beforeEach(async () => {
    world = await openPlanningWorld();
    const order = {
      policyName: 'demo',
      actor: 'pm',
      changeId: world.changeId,
      clients: { all: true },
    };
    const planned = await makePlan(world, order);
    if (planned.kind !== 'planned') throw new Error(JSON.stringify(planned));
    const { planId, hash } = planned;
    const started = await startRollout(world, { planId, hash, actor: 'pm' });
    if (started.kind !== 'started') throw new Error(JSON.stringify(started));
  });

  afterEach(async () => {
    await world.close();
  });

  const freeze = {
    clientKey: 'cedar',
    terms: {
      kind: 'freeze',
      document: { from: '2020-01-01T00:00', to: '2099-01-01T00:00', reason: 'stocktaking' },
    },
    source: 'call',
    owner: 'Dana',
    actor: 'pm',
  } as const;

  async function everything(): Promise<unknown> {
    return await world.pool.rows(
      `select cr.id, cr.slot_start, cr.state from client_rollout cr order by cr.id`,
    );
  }

  it('names the client that a freeze would leave without a date, and changes nothing', async () => {
    const before = await everything();
    const answer = await effectOfAgreement(world, freeze);

    expect(answer).toMatchObject({
      kind: 'effect',
      effect: {
        moved: 0,
        unplaced: 1,
        summary: '1 client would have no date.',
        rollouts: [{ unplaced: [{ key: 'cedar' }] }],
      },
    });
    expect(JSON.stringify(answer)).toContain('stocktaking');
    expect(await everything()).toEqual(before);
  });

  it('names everybody whom a calendar in use would leave without a date', async () => {
    const [used] = await world.pool.rows<{ name: string }>(
      `select c.name from rollout r join calendar c on c.id = r.policy_calendar_id`,
    );
    const never = { zone: 'UTC', allow: [] };
    const answer = await effectOfCalendar(world, { name: used!.name, document: never });

    expect(answer).toMatchObject({ effect: { unplaced: 4, moved: 0 } });
  });

  it('moves nobody by a calendar that nobody keeps to', async () => {
    const answer = await effectOfCalendar(world, {
      name: 'new',
      document: { zone: 'UTC', allow: [] },
    });

    expect(answer).toMatchObject({ effect: { rollouts: [], summary: 'Nobody would move.' } });
  });

  it('weighs nothing that could not be saved', async () => {
    const calendar = await effectOfCalendar(world, { name: 'new', document: { zone: 'Mars' } });
    const stranger = await effectOfAgreement(world, { ...freeze, clientKey: 'ghost' });

    expect(calendar).toMatchObject({ kind: 'invalid', problems: [{ path: 'zone' }] });
    expect(stranger).toEqual({ kind: 'no-client' });
  });
});
