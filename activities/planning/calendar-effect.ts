import { inSnapshot } from '../../database/in-transaction.ts';
import { readPresentDates } from '../../database/read-models/plan-moves.read-model.ts';
import { readReplanInput } from '../../database/read-models/replan-input.read-model.ts';
import type { Queryable } from '../../database/pool.ts';
import { readAgreeingClient } from '../../database/stores/agreement.store.ts';
import { listCalendarIds } from '../../database/stores/calendar.store.ts';
import { listUnfinishedRollouts } from '../../database/stores/rollout.store.ts';
import type { CalendarProblem } from '../../domain/calendar/calendar-document.ts';
import { validateCalendar } from '../../domain/calendar/validate-calendar.ts';
import { localDateAt } from '../../domain/calendar/zone.ts';
import { agreedTerms, stricterConsent } from '../../domain/client/agreed-terms.ts';
import type { Agreement } from '../../domain/client/agreement.ts';
import type { AgreementId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { type EditEffect, effectOfEdit, sumUpEffect } from '../../domain/rollout/edit-effect.ts';
import { plan } from '../../domain/rollout/plan.ts';
import type { PlanClient, PlanInput } from '../../domain/rollout/plan-input.ts';
import type { ActDependencies } from '../dependencies.ts';
import { type AgreementOrder, daysOf, problemsOfOrder } from './agreement-order.ts';

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
    const effect = await effectOn(db, now, (input) => withAgreement(input, agreement));
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

function withAgreement(input: PlanInput, agreement: Agreement): PlanInput | null {
  const { layers, calendars, lead, consent } = agreedTerms([agreement], input);
  if (!input.clients.some(({ key }) => key === agreement.clientKey)) return null;
  const clients = input.clients.map((client): PlanClient => {
    if (client.key !== agreement.clientKey) return client;
    return {
      ...client,
      layers: [...client.layers, ...layers],
      agreedLead: lead ?? client.agreedLead,
      consent: stricterConsent(client.consent, consent),
    };
  });
  return { ...input, clients, calendars: { ...input.calendars, ...calendars } };
}
