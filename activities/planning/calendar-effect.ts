import { inSnapshot } from '../../database/in-transaction.ts';
import { readPresentDates } from '../../database/read-models/plan-moves.read-model.ts';
import { readReplanInput } from '../../database/read-models/replan-input.read-model.ts';
import type { Queryable } from '../../database/pool.ts';
import {
  readAgreeingClient,
  readAgreement,
  readAgreements,
} from '../../database/stores/agreement.store.ts';
import { listCalendarIds } from '../../database/stores/calendar.store.ts';
import { listUnfinishedRollouts } from '../../database/stores/rollout.store.ts';
import type { CalendarProblem } from '../../domain/calendar/calendar-document.ts';
import { validateCalendar } from '../../domain/calendar/validate-calendar.ts';
import { localDateAt } from '../../domain/calendar/zone.ts';
import { agreedTerms } from '../../domain/client/agreed-terms.ts';
import type { Agreement } from '../../domain/client/agreement.ts';
import type { AgreementId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { type EditEffect, effectOfEdit, sumUpEffect } from '../../domain/rollout/edit-effect.ts';
import { plan } from '../../domain/rollout/plan.ts';
import type { PlanClient, PlanInput } from '../../domain/rollout/plan-input.ts';
import type { ActDependencies } from '../dependencies.ts';
import {
  type AgreementOrder,
  daysOf,
  endedBefore,
  noSuchAgreement,
  problemsOfOrder,
} from './agreement-order.ts';
import type { Refusal } from './refusal.ts';

/** What an edit would do, or why it could not be saved. */
export type EffectAnswer =
  | { readonly kind: 'effect'; readonly effect: EditEffect }
  | { readonly kind: 'invalid'; readonly problems: readonly CalendarProblem[] }
  | { readonly kind: 'no-client' };

/** Whom a calendar that was not saved yet would move, and who would be told again; nothing is changed. */
export async function effectOfCalendar(
  deps: Pick<ActDependencies, 'database'>,
  edit: { readonly name: string; readonly document: unknown },
): Promise<EffectAnswer> {
  const problems = validateCalendar(edit.document);
  if (problems.length > 0) return { kind: 'invalid', problems };
  return await inSnapshot(deps.database, async (db, now) => {
    const revisions = new Set<string>(await listCalendarIds(db, edit.name));
    const effect = await effectOn(db, now, (input) =>
      withCalendar(input, revisions, edit.document),
    );
    return { kind: 'effect', effect };
  });
}

/** The same for an agreement that was not made yet. */
export async function effectOfAgreement(
  deps: Pick<ActDependencies, 'database'>,
  order: AgreementOrder,
): Promise<EffectAnswer> {
  const problems = problemsOfOrder(order);
  if (problems.length > 0) return { kind: 'invalid', problems };
  return await inSnapshot(deps.database, async (db, now) => {
    const client = await readAgreeingClient(db, order.clientKey);
    if (client === null) return { kind: 'no-client' };
    const { terms, source, owner, bindsCritical = true, actor } = order;
    const agreement: Agreement = {
      ...terms,
      ...daysOf(order, localDateAt(client.zone, now)),
      id: unsaved,
      clientId: client.id,
      clientKey: order.clientKey,
      source,
      owner,
      bindsCritical,
      createdBy: actor,
      createdAt: now,
      ended: null,
    };
    const present = await readAgreements(db, [client.id], now);
    const effect = await effectOn(db, now, (input) =>
      withAgreements(input, order.clientKey, [...present, agreement]),
    );
    return { kind: 'effect', effect };
  });
}

/** What ending an agreement would do, or why it cannot be ended. */
export type EndEffectAnswer = Extract<EffectAnswer, { kind: 'effect' }> | Refusal;

/** The same for the end of an agreement; what its client agreed besides stays. */
export async function effectOfEnd(
  deps: Pick<ActDependencies, 'database'>,
  agreementId: string,
): Promise<EndEffectAnswer> {
  return await inSnapshot(deps.database, async (db, now) => {
    const agreement = await readAgreement(db, agreementId);
    if (agreement === null) return { kind: 'refused', ...noSuchAgreement };
    if (agreement.ended !== null) return { kind: 'refused', ...endedBefore(agreement) };
    const { clientId, clientKey } = agreement;
    const present = await readAgreements(db, [clientId], now);
    const left = present.filter(({ id }) => id !== agreementId);
    const effect = await effectOn(db, now, (input) => withAgreements(input, clientKey, left));
    return { kind: 'effect', effect };
  });
}

const unsaved = 'agreement that was not made yet' as AgreementId;

/** Plans every rollout that is not over twice: as things are, and with the edit; null = it has no say there. */
async function effectOn(
  db: Queryable,
  now: Instant,
  edited: (input: PlanInput) => PlanInput | null,
): Promise<EditEffect> {
  const effects = [];
  for (const { id, name } of await listUnfinishedRollouts(db)) {
    const request = { kind: 'again', rolloutId: id, clients: 'all', reason: 'an edit' } as const;
    const reading = await readReplanInput(db, request, now);
    const after = reading.kind === 'read' ? edited(reading.input) : null;
    if (reading.kind !== 'read' || after === null) continue;
    const plans = { before: plan(reading.input), after: plan(after) };
    const effect = effectOfEdit(await readPresentDates(db, id), plans);
    effects.push({ rolloutId: id, rolloutName: name, ...effect });
  }
  return sumUpEffect(effects);
}

function withCalendar(
  input: PlanInput,
  revisions: ReadonlySet<string>,
  document: unknown,
): PlanInput | null {
  const used = Object.keys(input.calendars).filter((id) => revisions.has(id));
  if (used.length === 0) return null;
  const replaced = Object.fromEntries(used.map((id) => [id, document]));
  return { ...input, calendars: { ...input.calendars, ...replaced } };
}

/** As if these were all the agreements that a client has; a rollout keeps the consent that it began with. */
function withAgreements(
  input: PlanInput,
  clientKey: string,
  agreements: readonly Agreement[],
): PlanInput | null {
  if (!input.clients.some(({ key }) => key === clientKey)) return null;
  const { layers, calendars, lead } = agreedTerms(agreements, input);
  const clients = input.clients.map((client): PlanClient => {
    if (client.key !== clientKey) return client;
    return {
      ...client,
      layers: [...client.layers.filter(({ layer }) => layer === 'client'), ...layers],
      agreedLead: lead,
    };
  });
  return { ...input, clients, calendars: { ...input.calendars, ...calendars } };
}
