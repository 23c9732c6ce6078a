import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import {
  endAgreement,
  insertAgreement,
  readAgreement,
  readAgreeingClient,
} from '../../database/stores/agreement.store.ts';
import { lockVendor } from '../../database/stores/vendor.store.ts';
import type { CalendarProblem } from '../../domain/calendar/calendar-document.ts';
import { localDateAt } from '../../domain/calendar/zone.ts';
import type { Agreement } from '../../domain/client/agreement.ts';
import type { ActDependencies } from '../dependencies.ts';
import {
  type AgreementOrder,
  daysOf,
  endedBefore,
  noSuchAgreement,
  problemsOfOrder,
} from './agreement-order.ts';
import { askAboutClosedDates } from './ask-about-closed-dates.ts';
import { effectOfAgreement, effectOfEnd } from './calendar-effect.ts';
import { lockPartsEverywhere } from './lock-parts-everywhere.ts';
import { type Refusal, refuse } from './refusal.ts';
import { wakeParts } from './wake-parts.ts';

export type AgreementAnswer =
  | { readonly kind: 'made'; readonly agreement: Agreement }
  | { readonly kind: 'invalid'; readonly problems: readonly CalendarProblem[] }
  | Refusal;

/** Makes an agreement; running rollouts of the client follow at once, for a freeze must hold at once. */
export async function makeAgreement(
  deps: Pick<ActDependencies, 'database'>,
  order: AgreementOrder,
): Promise<AgreementAnswer> {
  const problems = problemsOfOrder(order);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const effect = await effectOfAgreement(deps, order);
  return await inTransaction(deps.database, async (tx) => {
    await lockVendor(tx);
    const { clientKey, actor, source, owner, bindsCritical = true } = order;
    const client = await readAgreeingClient(tx, clientKey);
    if (client === null) return refuse(tx, { verb: 'agree', actor }, noSuchClient(clientKey));
    const parts = await lockPartsEverywhere(tx, { keys: [clientKey] });
    const days = daysOf(order, localDateAt(client.zone, await tx.now()));
    const made = { source, owner, bindsCritical, actor, clientId: client.id };
    const id = await insertAgreement(tx, { ...order.terms, ...days, ...made });
    wakeParts(tx, parts);
    await askAboutClosedDates(tx, { parts, actor, effect });
    return { kind: 'made', agreement: await storedAgreement(tx, id) };
  });
}

export type EndAgreementAnswer =
  { readonly kind: 'ended'; readonly agreement: Agreement } | Refusal;

/** Ends an agreement from now on; running rollouts of the client follow at once. */
export async function endAgreementNow(
  deps: Pick<ActDependencies, 'database'>,
  order: { readonly id: string; readonly reason: string; readonly actor: string },
): Promise<EndAgreementAnswer> {
  const { id, actor } = order;
  const effect = await effectOfEnd(deps, id);
  return await inTransaction(deps.database, async (tx) => {
    const attempt = { verb: 'end-agreement', actor } as const;
    await lockVendor(tx);
    const agreement = await readAgreement(tx, id);
    if (agreement === null) return refuse(tx, attempt, noSuchAgreement);
    const parts = await lockPartsEverywhere(tx, { keys: [agreement.clientKey] });
    if (!(await endAgreement(tx, agreement, order))) {
      return refuse(tx, attempt, endedBefore(agreement));
    }
    wakeParts(tx, parts);
    await askAboutClosedDates(tx, {
      parts,
      actor,
      ...(effect.kind === 'effect' && { effect }),
    });
    return { kind: 'ended', agreement: await storedAgreement(tx, id) };
  });
}

async function storedAgreement(tx: Transaction, id: string): Promise<Agreement> {
  const agreement = await readAgreement(tx, id);
  if (agreement === null) throw new Error('An agreement was stored but is not there');
  return agreement;
}

function noSuchClient(key: string): { readonly code: string; readonly message: string } {
  const message = `There is no client "${key}"; look at the list of clients.`;
  return { code: 'CLIENT_NOT_FOUND', message };
}
