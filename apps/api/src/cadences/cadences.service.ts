import { Injectable } from '@nestjs/common';
import { proposeByCadence } from '../../../../activities/planning/propose-by-cadence.ts';
import { inSnapshot, inTransaction } from '../../../../database/in-transaction.ts';
import {
  type CadenceRevision,
  listCadences,
  readCadenceRevision,
  saveCadence,
} from '../../../../database/stores/cadence.store.ts';
import { findChange } from '../../../../database/stores/change.store.ts';
import { lockVendor } from '../../../../database/stores/vendor.store.ts';
import type { Instant } from '../../../../domain/instant.ts';
import { dueDates, readCadence } from '../../../../domain/rollout/cadence.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import { problemOfRefusal } from '../http/refused.ts';
import type { planView } from '../plans/plans.schemas.ts';
import { PlansService } from '../plans/plans.service.ts';
import type { CadenceBody, cadenceView, ProposeBody } from './cadences.schemas.ts';

type CadenceAnswer = Answer<typeof cadenceView>;

/** Cadences; every save is a new revision. */
@Injectable()
export class CadencesService {
  constructor(
    private readonly backend: Backend,
    private readonly plans: PlansService,
  ) {}

  async list(): Promise<readonly CadenceAnswer[]> {
    return await inSnapshot(this.backend.database, async (db, now) =>
      (await listCadences(db)).map((each) => viewOf(each, now)),
    );
  }

  async show(name: string): Promise<CadenceAnswer> {
    return await inSnapshot(this.backend.database, async (db, now) => {
      const cadence = await readCadenceRevision(db, name);
      if (cadence === null) throw notFound(`cadence "${name}"`);
      return viewOf(cadence, now);
    });
  }

  async save(name: string, { document }: CadenceBody, { actor }: Caller): Promise<CadenceAnswer> {
    const reading = readCadence(document);
    if (reading.kind === 'unreadable') {
      const errors = reading.problems;
      const said = errors.map(({ path, message }) =>
        path === '' ? message : `${path}: ${message}`,
      );
      const detail = `The cadence was not saved: ${said.join('; ')}`;
      throw new Problem(422, 'CADENCE_INVALID', detail, { errors });
    }
    await inTransaction(this.backend.database, async (tx) => {
      await lockVendor(tx);
      await saveCadence(tx, { name, document, actor });
    });
    return await this.show(name);
  }

  async propose(
    name: string,
    { change }: ProposeBody,
    { actor }: Caller,
  ): Promise<Answer<typeof planView>> {
    const changeId = await findChange(this.backend.database.pool, change);
    if (changeId === null) throw notFound(`change ${change}; create it first`);
    const made = await proposeByCadence(this.backend, { name, changeId, actor });
    if (made.kind === 'refused') throw problemOfRefusal(made);
    return await this.plans.show(made.planId);
  }
}

function viewOf(saved: CadenceRevision, now: Instant): CadenceAnswer {
  const reading = readCadence(saved.document);
  if (reading.kind === 'unreadable') {
    throw new Error(`The stored cadence "${saved.name}" is no cadence`);
  }
  const { cadence } = reading;
  const { name, revision, document, last, savedBy, savedAt } = saved;
  const nextDates = [...dueDates(cadence, { now, last }, 5)];
  return { name, title: cadence.title, revision, document, nextDates, last, savedBy, savedAt };
}
