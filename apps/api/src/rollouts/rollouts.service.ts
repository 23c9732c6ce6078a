import { Injectable } from '@nestjs/common';
import { startRollout } from '../../../../activities/planning/start-rollout.ts';
import { inSnapshot } from '../../../../database/in-transaction.ts';
import type { Queryable } from '../../../../database/pool.ts';
import { readCohortLanes } from '../../../../database/read-models/cohort-lanes.read-model.ts';
import { readPlanSubject } from '../../../../database/read-models/plan-subject.read-model.ts';
import { readRolloutFacts } from '../../../../database/read-models/rollout-facts.read-model.ts';
import { readRollouts } from '../../../../database/read-models/rollout-list.read-model.ts';
import { readPlan } from '../../../../database/stores/plan.store.ts';
import type { PlanId, RolloutId } from '../../../../domain/ids.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import { readPlanMoves } from '../plans/plan-moves.ts';
import { planAnswer } from '../plans/plan-view.ts';
import type { planView } from '../plans/plans.schemas.ts';
import { rolloutAnswer, summaryOf } from './rollout-answer.ts';
import type { RolloutsQuery, rolloutSummary, rolloutView, StartBody } from './rollouts.schemas.ts';

/** Rollouts as wholes. */
@Injectable()
export class RolloutsService {
  constructor(private readonly backend: Backend) {}

  async list({ state }: RolloutsQuery): Promise<readonly Answer<typeof rolloutSummary>[]> {
    const entries = await readRollouts(
      this.backend.database.pool,
      state === undefined ? {} : { state },
    );
    return entries.map((entry) => summaryOf(entry));
  }

  async start(body: StartBody, { actor }: Caller): Promise<Answer<typeof rolloutView>> {
    const started = await startRollout(this.backend, {
      planId: body.planId as PlanId,
      hash: body.hash,
      ...(body.name === undefined ? {} : { name: body.name }),
      actor,
    });
    if (started.kind === 'started') return await this.show(started.rolloutId);
    const { difference, rolloutId } = started;
    throw problemOfRefusal(started, rolloutId === null ? { difference } : { rolloutId });
  }

  async show(id: string): Promise<Answer<typeof rolloutView>> {
    return await inSnapshot(this.backend.database, async (db, now) => {
      const rolloutId = id as RolloutId;
      const [entry] = await readRollouts(db, { id: rolloutId });
      const facts = await readRolloutFacts(db, rolloutId, now);
      if (!entry || facts === null) throw notFound('such rollout');
      const lanes = await readCohortLanes(db, rolloutId);
      const pendingPlan = await this.pendingPlan(db, entry.pendingPlanId);
      return rolloutAnswer(entry, facts, { lanes, pendingPlan, now });
    });
  }

  private async pendingPlan(
    db: Queryable,
    id: string | null,
  ): Promise<Answer<typeof planView> | null> {
    const stored = id === null ? null : await readPlan(db, id as PlanId);
    if (stored === null) return null;
    const subject = await readPlanSubject(db, stored.changeId);
    const difference = await readPlanMoves(db, stored);
    return planAnswer(stored, { ...subject, difference, likeDiffers: [] });
  }
}
