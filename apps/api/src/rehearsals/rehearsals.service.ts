import { setImmediate as othersFirst } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { inSnapshot } from '../../../../database/in-transaction.ts';
import { readRolloutHistory } from '../../../../database/read-models/rollout-history.read-model.ts';
import { readPlan } from '../../../../database/stores/plan.store.ts';
import type { PlanId } from '../../../../domain/ids.ts';
import type { PlanInput } from '../../../../domain/rollout/plan-input.ts';
import { assumptionsFrom } from '../../../../domain/rollout/rehearsal/assumptions.ts';
import { beginRehearsal, type Rehearsal } from '../../../../domain/rollout/rehearsal/rehearse.ts';
import { Backend } from '../backend.ts';
import { notFound } from '../http/problem.ts';
import type { RehearsalBody } from './rehearsals.schemas.ts';

/** Clients times runs at most: what one process should spend on one question. */
const mostClientRuns = 20_000;
const fewestRuns = 3;

/** Plans let happen many times before anybody starts them. */
@Injectable()
export class RehearsalsService {
  constructor(private readonly backend: Backend) {}

  async rehearse(id: string, { seed, runs, ...choices }: RehearsalBody): Promise<Rehearsal> {
    const { stored, history } = await inSnapshot(this.backend.database, async (db) => ({
      stored: await readPlan(db, id as PlanId),
      history: await readRolloutHistory(db),
    }));
    if (stored === null) throw notFound('such plan');
    const { input, content } = stored;
    const assumptions = assumptionsFrom(input.policy, history, withoutGaps(choices));
    const affordable = Math.max(fewestRuns, Math.floor(mostClientRuns / content.clients.length));
    const rehearsal = beginRehearsal(input, content, assumptions, {
      seed,
      runs: Math.min(runs, affordable),
      zone: zoneOf(input),
    });
    // Other requests are answered in between.
    while (rehearsal.next()) await othersFirst();
    return rehearsal.result();
  }
}

/** The clock of the vendor's calendar, or of the policy's; UTC where they have none. */
function zoneOf({ calendars, vendorCalendarId, policyCalendarId }: PlanInput): string {
  for (const id of [vendorCalendarId, policyCalendarId]) {
    const document = id === null ? null : (calendars[id] as { readonly zone?: unknown });
    const zone = document?.zone;
    if (typeof zone === 'string' && zone !== 'client') return zone;
  }
  return 'UTC';
}

type Choices = Pick<RehearsalBody, 'failurePercent' | 'silencePercent'>;

function withoutGaps({ failurePercent, silencePercent }: Choices) {
  return {
    ...(failurePercent !== undefined && { failurePercent }),
    ...(silencePercent !== undefined && { silencePercent }),
  };
}
