import { inSnapshot, inTransaction } from '../../database/in-transaction.ts';
import { readCadenceRevision } from '../../database/stores/cadence.store.ts';
import { readEarliestDate } from '../../database/stores/change.store.ts';
import type { ChangeId } from '../../domain/ids.ts';
import { dueDates, readCadence } from '../../domain/rollout/cadence.ts';
import type { ActDependencies } from '../dependencies.ts';
import { makePlan, type PlanAnswer, type PlanOrder } from './make-plan.ts';
import { refuse } from './refusal.ts';

/** Who wants the next rollout of a cadence, and with which change. */
export interface CadenceOrder {
  readonly name: string;
  readonly changeId: ChangeId;
  readonly actor: string;
}

/** Plans the next rollout of a cadence, from its next day on; nothing starts by it. */
export async function proposeByCadence(
  deps: Pick<ActDependencies, 'database'>,
  { name, changeId, actor }: CadenceOrder,
): Promise<PlanAnswer> {
  const proposal = await inSnapshot(deps.database, async (db, now) => {
    const saved = await readCadenceRevision(db, name);
    if (saved === null) return noSuchCadence(name);
    const reading = readCadence(saved.document);
    if (reading.kind === 'unreadable') throw new Error(`"${name}" is stored but no cadence`);
    const { cadence } = reading;
    const earliest = await readEarliestDate(db, changeId);
    const [earliestDate] = dueDates(cadence, { now, last: saved.last, earliest }, 1);
    if (earliestDate === undefined) return noDayLeft(name);
    const { policy, clients, like } = cadence;
    return {
      earliestDate,
      ...(policy === undefined ? {} : { policyName: policy }),
      ...(clients === undefined ? {} : { clients }),
      ...(like === undefined ? {} : { like }),
    } satisfies Partial<PlanOrder>;
  });
  if (!('code' in proposal)) {
    return await makePlan(deps, { ...proposal, changeId, cadence: name, actor });
  }
  const attempt = { verb: 'propose', actor } as const;
  return await inTransaction(deps.database, (tx) => Promise.resolve(refuse(tx, attempt, proposal)));
}

function noSuchCadence(name: string) {
  const message = `There is no cadence "${name}"; look at the list of cadences.`;
  return { code: 'CADENCE_NOT_FOUND', message };
}

function noDayLeft(name: string) {
  const message = `Cadence "${name}" has no day within the next two years; save it with other days.`;
  return { code: 'CADENCE_OVER', message };
}
