import { inSnapshot, inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { recordChosenDate } from '../../database/stores/chosen-date.store.ts';
import type { ClientPart } from '../../database/stores/client-part.store.ts';
import type { Rollout } from '../../database/stores/rollout.store.ts';
import { lockVendor } from '../../database/stores/vendor.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import type { Instant, LocalDate } from '../../domain/instant.ts';
import { judgeChosenDate, type Offer, offersFor } from '../../domain/rollout/offers.ts';
import { plan } from '../../domain/rollout/plan.ts';
import type { PlanInput } from '../../domain/rollout/plan-input.ts';
import { isOver } from '../../domain/rollout/states.ts';
import type { ActDependencies } from '../dependencies.ts';
import { readChoice, whyNoMove } from './date-choice.ts';
import { moveClients } from './move-clients.ts';
import { type Refusal, refuse, wrongState } from './refusal.ts';
import { selectClients } from './select-clients.ts';
import { isBeforeProduction } from './take-out.ts';

/** Who may choose: the client within the policy's limits, a person at the vendor beyond them. */
type Chooser = 'client' | 'person';

/** Somebody wants to see the dates that a client can have. */
export interface OffersOrder {
  readonly rolloutId: RolloutId;
  readonly clientKey: string;
  readonly by: Chooser;
  readonly count: number;
  readonly earliest: LocalDate | null;
}

/** The dates a client can have now, without locks; choosing one looks again under them. Null = no such client. */
export async function readOffers(
  deps: Pick<ActDependencies, 'database'>,
  { rolloutId, clientKey, by, count, earliest }: OffersOrder,
): Promise<readonly Offer[] | null> {
  const input = await inSnapshot(deps.database, (db, now) =>
    readChoice(db, { rolloutId, clientKey }, now),
  );
  if (!input?.clients.some(({ key }) => key === clientKey)) return null;
  if (by === 'client' && input.policy.clientMoves === undefined) return [];
  return offersFor(input, clientKey, { count, earliest, latest: null, by });
}

/** Somebody chooses a date for a client. */
export interface DateOrder {
  readonly rolloutId: RolloutId;
  readonly clientKey: string;
  readonly start: Instant;
  readonly by: Chooser;
  readonly actor: string;
}

export type DateAnswer =
  | { readonly kind: 'chosen'; readonly offer: Offer }
  | (Refusal & {
      /** Dates that can be had instead. */
      readonly offers: readonly Offer[];
    });

/**
 * Gives a client the date that was chosen, and pins it. Limits are looked at under the locks: of two who choose the
 * last place one gets it, and the other is told at once what else there is.
 */
export async function chooseDate(
  deps: Pick<ActDependencies, 'database' | 'desk'>,
  order: DateOrder,
): Promise<DateAnswer> {
  return await inTransaction(deps.database, async (tx) => {
    await lockVendor(tx);
    return await chooseUnderLocks(tx, deps, order);
  });
}

/** The same within a decision that holds the vendor's row. */
export async function chooseUnderLocks(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  order: DateOrder,
): Promise<DateAnswer> {
  const { rolloutId, clientKey, start, by, actor } = order;
  const clients = { keys: [clientKey] };
  const rule = { verb: 'choose-date', allows: isBeforeProduction } as const;
  const selected = await selectClients(tx, { rolloutId, clients, actor }, rule);
  if (selected.kind === 'refused') return { ...selected, offers: [] };
  const { rollout, parts } = selected;
  const attempt = { verb: 'choose-date', actor, rolloutId } as const;
  if (isOver(rollout.state)) {
    return { ...refuse(tx, attempt, wrongState(rollout, 'given other dates')), offers: [] };
  }
  const [part] = parts;
  const input = await readChoice(tx, order, await tx.now());
  if (part === undefined || input === null) throw new Error('A client was selected but is away');
  const spent = by === 'client' ? await whyNoMove(tx, part, input) : null;
  if (spent !== null) return { ...refuse(tx, attempt, notAllowed(spent)), offers: [] };
  const judged = judgeChosenDate(input, clientKey, { start, by });
  if (judged.kind === 'refused') {
    const code = judged.why === 'no place' ? 'DATE_TAKEN' : 'DATE_NOT_ALLOWED';
    const refusal = refuse(tx, attempt, { code, message: judged.detail });
    const wish = { count: offersBeside, earliest: null, latest: null, by };
    return { ...refusal, offers: offersFor(input, clientKey, wish) };
  }
  await giveDate(tx, deps, { rollout, part, input, offer: judged.offer, order });
  return { kind: 'chosen', offer: judged.offer };
}

/** How many other dates a refusal names. */
const offersBeside = 5;

function notAllowed(message: string): { readonly code: string; readonly message: string } {
  return { code: 'DATE_NOT_ALLOWED', message };
}

async function giveDate(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  giving: {
    readonly rollout: Rollout;
    readonly part: ClientPart;
    readonly input: PlanInput;
    readonly offer: Offer;
    readonly order: DateOrder;
  },
): Promise<void> {
  const { rollout, part, input, offer, order } = giving;
  const { by, actor } = order;
  const pinned = { start: offer.start, latestEnd: offer.latestEnd, by };
  // Planned alone: what others have was looked at, and only its notice is still to be timed.
  const own = input.clients
    .filter(({ key }) => key === part.key)
    .map((client) => ({ ...client, keeps: null, current: null, pinned }));
  const content = plan({ ...input, clients: own });
  const reason = by === 'client' ? 'the client chose this date' : 'a person chose this date';
  await moveClients(tx, deps, { rollout, parts: [part], content, actor, reason });
  await recordChosenDate(tx, {
    clientRolloutId: part.clientRolloutId,
    by,
    actor,
    slotStart: offer.start,
    previousStart: part.slotStart,
  });
}
