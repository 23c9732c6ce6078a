import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  effectOfAgreement,
  effectOfCalendar,
} from '../../../activities/planning/calendar-effect.ts';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import type { ClientRolloutId, CohortId, RolloutId } from '../../../domain/ids.ts';
import type { Instant } from '../../../domain/instant.ts';
import type { TestClient } from '../../support/client-fixture.ts';
import { insertAcceptedNotice } from '../../support/past-fixture.ts';
import { openPlanningWorld, type PlanningWorld } from './planning-world.ts';

describe('what an edit would move', () => {
  let world: PlanningWorld;
  let rolloutId: RolloutId;

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
    ({ rolloutId } = started);
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

  it('says who was told the date that a calendar closes, and is told again only if it would move', async () => {
    const parts = await world.pool.rows<{ id: ClientRolloutId; cohort: CohortId; local: string }>(
      `select cr.id, cr.cohort_id as cohort, cr.slot_local_start as local
       from client_rollout cr
       order by cr.plan_position`,
    );
    const [ash, birch] = world.clients;
    const tell = async (client: TestClient, { id, cohort, local }: (typeof parts)[number]) => {
      const part = { ...client, clientRolloutId: id, cohortId: cohort };
      // The date it is bound to is a local one.
      const at = `${local.slice(0, 16)}:00.000Z` as Instant;
      await insertAcceptedNotice(world.pool, part, { rolloutId }, at);
      await world.pool.rows(
        `update mail_delivery as m set bound_to = $2 where m.client_rollout_id = $1`,
        [id, local],
      );
    };
    await tell(ash!, parts[0]!);
    await tell(birch!, parts[1]!);
    const [used] = await world.pool.rows<{ name: string; document: object }>(
      `select c.name, c.document from rollout r join calendar c on c.id = r.policy_calendar_id`,
    );
    const later = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const deny = [{ name: 'the fair is on', between: ['2020-01-01T00:00', `${later}T00:00`] }];
    const closing = { name: used!.name, document: { ...used!.document, deny } };
    const same = { name: used!.name, document: used!.document };

    expect(await effectOfCalendar(world, closing)).toMatchObject({
      effect: {
        moved: 4,
        toldAgain: 2,
        summary: '4 clients would move, 2 of them were told a date and would be told again.',
        rollouts: [
          {
            moves: [
              { key: 'ash', toldAgain: true, reason: expect.stringContaining('the fair is on') },
              { key: 'birch', toldAgain: true },
              { key: 'cedar', toldAgain: false },
              { key: 'dogwood', toldAgain: false },
            ],
          },
        ],
      },
    });
    expect(await effectOfCalendar(world, same)).toMatchObject({ effect: { moved: 0 } });
  });

  it('moves nobody by an agreed consent, which holds for rollouts that are planned from then on', async () => {
    const terms = { kind: 'consent', document: { consent: 'approve' } } as const;
    const answer = await effectOfAgreement(world, { ...freeze, terms });

    expect(answer).toMatchObject({ kind: 'effect', effect: { rollouts: [] } });
  });
});
