import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../database/in-transaction.ts';
import {
  type ChangeEntry,
  readChanges,
  readProductionVersions,
} from '../../../../database/read-models/change-list.read-model.ts';
import { addAssessment, addChange, lockChange } from '../../../../database/stores/change.store.ts';
import { findClientIds } from '../../../../database/stores/client.store.ts';
import { compareVersions, isVersion } from '../../../../domain/change/version.ts';
import { choosePolicy } from '../../../../domain/rollout/choose-policy.ts';
import type { Caller } from '../access/permissions.ts';
import { Backend } from '../backend.ts';
import type { Answer } from '../http/answers.ts';
import { notFound, Problem } from '../http/problem.ts';
import type { AssessmentBody, changeView, NewChangeBody } from './changes.schemas.ts';

type ChangeAnswer = Answer<typeof changeView>;

/** Changes: entered, judged, and how far each has come. */
@Injectable()
export class ChangesService {
  constructor(private readonly backend: Backend) {}

  async list(): Promise<readonly ChangeAnswer[]> {
    const { pool } = this.backend.database;
    const running = await readProductionVersions(pool);
    return (await readChanges(pool)).map((change) => viewOf(change, running));
  }

  async show(version: string): Promise<ChangeAnswer> {
    const { pool } = this.backend.database;
    const [change] = await readChanges(pool, version);
    if (!change) throw notFound(`change ${version}`);
    return viewOf(change, await readProductionVersions(pool));
  }

  async create(body: NewChangeBody, { actor }: Caller): Promise<ChangeAnswer> {
    const isNew = await inTransaction(this.backend.database, (tx) =>
      addChange(tx, {
        ...body,
        earliestDate: body.earliestDate ?? null,
        latestDate: body.latestDate ?? null,
        minimumVersion: body.minimumVersion ?? null,
        actor,
      }),
    );
    if (!isNew) {
      const detail = `There is a change ${body.version} already; open it, or use another version`;
      throw new Problem(422, 'VERSION_TAKEN', detail);
    }
    return await this.show(body.version);
  }

  async assess(version: string, body: AssessmentBody, { actor }: Caller): Promise<ChangeAnswer> {
    await inTransaction(this.backend.database, async (tx) => {
      const changeId = await lockChange(tx, version);
      if (changeId === null) throw notFound(`change ${version}`);
      const keys = [...new Set(body.reportedBy ?? [])];
      const reporters = await findClientIds(tx, keys);
      const unknown = keys.filter((key) => !reporters.has(key));
      if (unknown.length > 0) {
        const detail = `There is no client ${unknown.join(', ')}; import it, or leave it out`;
        throw new Problem(422, 'CLIENT_NOT_FOUND', detail);
      }
      await addAssessment(tx, {
        changeId,
        impact: body.impact,
        downtimeMinutes: body.downtimeMinutes ?? null,
        clientAction: body.clientAction ?? null,
        reversible: body.reversible,
        reportedBy: [...reporters.values()],
        note: body.note ?? null,
        actor,
      });
    });
    return await this.show(version);
  }
}

function viewOf(
  change: ChangeEntry,
  running: readonly { readonly version: string | null }[],
): ChangeAnswer {
  const { toCome, ...rest } = change;
  const reached = running.filter(({ version }) => isOnOrLater(version, change.version));
  return {
    ...rest,
    policy: choosePolicy({
      kind: change.kind,
      critical: change.critical,
      impact: change.assessment?.impact ?? null,
    }),
    reach: { onItOrLater: reached.length, toCome, clients: running.length },
  };
}

function isOnOrLater(version: string | null, target: string): boolean {
  if (version === null || !isVersion(version)) return false;
  return compareVersions(version, target) >= 0;
}
