import { Injectable } from '@nestjs/common';
import { makePlan } from '../../../../activities/planning/make-plan.ts';
import { inSnapshot } from '../../../../database/in-transaction.ts';
import type { Queryable } from '../../../../database/pool.ts';
import { readPlannedLike } from '../../../../database/read-models/plan-like.read-model.ts';
import { readPlanSubject } from '../../../../database/read-models/plan-subject.read-model.ts';
import { findChange } from '../../../../database/stores/change.store.ts';
import { readPlan, type StoredPlan } from '../../../../database/stores/plan.store.ts';
import type { PlanId, RolloutId } from '../../../../domain/ids.ts';
import { likeDifferences } from '../../../../domain/rollout/like-differences.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import { readPlanMoves } from './plan-moves.ts';
import { planAnswer } from './plan-view.ts';
import type { NewPlanBody, planView } from './plans.schemas.ts';

/** Plans: made, kept, and shown again. */
@Injectable()
export class PlansService {
  constructor(private readonly backend: Backend) {}

  async create(body: NewPlanBody, { actor }: Caller): Promise<Answer<typeof planView>> {
    const { database } = this.backend;
    const changeId = await findChange(database.pool, body.change);
    if (changeId === null) throw notFound(`change ${body.change}; create it first`);
    const made = await makePlan(this.backend, {
      changeId,
      ...(body.clients === undefined ? {} : { clients: withoutGaps(body.clients) }),
      ...(body.like === undefined ? {} : { like: body.like as RolloutId }),
      ...(body.policy === undefined ? {} : { policyName: body.policy }),
      ...(body.cohorts === undefined ? {} : { cohorts: body.cohorts.map(withoutGaps) }),
      actor,
    });
    if (made.kind === 'refused') throw problemOfRefusal(made);
    return await this.show(made.planId);
  }

  async show(id: string): Promise<Answer<typeof planView>> {
    return await inSnapshot(this.backend.database, async (db) => {
      const stored = await readPlan(db, id as PlanId);
      if (stored === null) throw notFound('such plan');
      const subject = await readPlanSubject(db, stored.changeId);
      const difference = await readPlanMoves(db, stored);
      const likeDiffers = await readLikeDiffers(db, stored);
      return planAnswer(stored, { ...subject, difference, likeDiffers });
    });
  }
}

async function readLikeDiffers(
  db: Queryable,
  { request, input }: StoredPlan,
): Promise<readonly string[]> {
  if (request.kind !== 'new' || request.like === undefined) return [];
  const before = await readPlannedLike(db, request.like);
  return before === null ? [] : likeDifferences(before.input, input);
}

type Present<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** A field that was not sent is not there, rather than undefined. */
function withoutGaps<Value extends object>(value: Value): Present<Value> {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as Present<Value>;
}
