import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { newId } from '../../database/new-id.ts';
import { insertAgreement } from '../../database/stores/agreement.store.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import type { ClientPart } from '../../database/stores/client-part.store.ts';
import {
  insertClientRequest,
  type KeptAnswer,
  requestQuestionKey,
} from '../../database/stores/client-request.store.ts';
import type { Rollout } from '../../database/stores/rollout.store.ts';
import { lockVendor } from '../../database/stores/vendor.store.ts';
import type { CalendarProblem } from '../../domain/calendar/calendar-document.ts';
import { instantToLocal, localDateAt } from '../../domain/calendar/zone.ts';
import { problemsOfTerms } from '../../domain/client/check-terms.ts';
import type { RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import { answerRequest, type RequestTerms } from '../../domain/rollout/answer-request.ts';
import { requestWords } from '../../domain/rollout/request-words.ts';
import { isOver } from '../../domain/rollout/states.ts';
import type { ActDependencies } from '../dependencies.ts';
import { daysOf } from './agreement-order.ts';
import { askAboutClosedDates } from './ask-about-closed-dates.ts';
import { chooseUnderLocks } from './choose-date.ts';
import { readChoice } from './date-choice.ts';
import { lockPartsEverywhere } from './lock-parts-everywhere.ts';
import { type Refusal, refuse, wrongState } from './refusal.ts';
import { type JudgedRequest, whyRequestWaits } from './request-limits.ts';
import { selectClients } from './select-clients.ts';
import { isBeforeProduction } from './take-out.ts';
import { wakeParts } from './wake-parts.ts';

/** A client asks for something beside its own date. */
export interface RequestOrder {
  readonly rolloutId: RolloutId;
  readonly clientKey: string;
  readonly terms: RequestTerms;
  readonly actor: string;
}

export type RequestOutcome =
  | {
      readonly kind: 'answered';
      readonly id: string;
      readonly state: 'applied' | 'waiting';
      readonly answer: KeptAnswer;
    }
  | { readonly kind: 'invalid'; readonly problems: readonly CalendarProblem[] }
  | Refusal;

/**
 * Answers a request by what the planner says to it. What the vendor lets clients decide by themselves is done at once;
 * anything else is a question to a person, with the answer in it. Every request is kept.
 */
export async function answerClientRequest(
  deps: Pick<ActDependencies, 'database' | 'desk'>,
  order: RequestOrder,
): Promise<RequestOutcome> {
  const { terms, clientKey, rolloutId, actor } = order;
  const problems = problemsOfRequest(terms);
  if (problems.length > 0) return { kind: 'invalid', problems };
  return await inTransaction(deps.database, async (tx) => {
    await lockVendor(tx);
    const selection = { rolloutId, clients: { keys: [clientKey] }, actor };
    const rule = { verb: 'request', allows: isBeforeProduction } as const;
    const selected = await selectClients(tx, selection, rule);
    if (selected.kind === 'refused') return selected;
    const { rollout, parts } = selected;
    if (isOver(rollout.state)) {
      const why = wrongState(rollout, 'changed by a request');
      return refuse(tx, { verb: 'request', actor, rolloutId }, why);
    }
    const everywhere = await lockPartsEverywhere(tx, selection.clients);
    const [part] = parts;
    const now = await tx.now();
    const input = await readChoice(tx, order, now);
    if (part === undefined || input === null) throw new Error('A client was selected but is away');
    if (isPast(terms, part, now)) return { kind: 'invalid', problems: [past] };
    const answer = answerRequest(input, { ...terms, clientKey });
    const request = { terms, answer, input, part, everywhere };
    return await settle(tx, deps, { order, rollout, request });
  });
}

interface Settling {
  readonly order: RequestOrder;
  readonly rollout: Rollout;
  readonly request: JudgedRequest;
}

async function settle(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  settling: Settling,
): Promise<RequestOutcome> {
  const { order, request } = settling;
  const { terms, part } = request;
  const { rolloutId, actor } = order;
  const { clientId, clientRolloutId } = part;
  const whyWaiting = await whyRequestWaits(tx, request);
  const state = whyWaiting === null ? 'applied' : 'waiting';
  const answer = { ...request.answer, whyWaiting };
  const id = newId<string>();
  await insertClientRequest(tx, { id, clientRolloutId, terms, answer, state, actor });
  tx.record({
    kind: `client-request.${state}`,
    actor,
    cause: terms.reason,
    rolloutId,
    clientId,
    clientRolloutId,
    facts: { requestId: id, asked: requestWords(terms), terms, answer },
  });
  await (whyWaiting === null
    ? grant(tx, deps, settling)
    : askPerson(tx, { id, whyWaiting, request }));
  return { kind: 'answered', id, state, answer };
}

async function grant(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  { order, rollout, request }: Settling,
): Promise<void> {
  const { terms, part, answer, everywhere } = request;
  const { actor } = order;
  if (terms.kind === 'freeze') await agreeFreeze(tx, { terms, part, rollout, actor });
  const [move] = answer.moves;
  if (move?.to) {
    const chosen = await chooseUnderLocks(tx, deps, { ...order, start: move.to, by: 'client' });
    // Everything is taken back then: a freeze without the date that belongs to it would be half a grant.
    if (chosen.kind === 'refused') throw new Error(`A granted date was refused: ${chosen.message}`);
  }
  if (terms.kind !== 'freeze') return;
  wakeParts(tx, everywhere);
  // The limits let no other date lie within the freeze, but whoever closes time looks at all of them.
  await askAboutClosedDates(tx, { parts: everywhere, actor });
}

async function agreeFreeze(
  tx: Transaction,
  {
    terms,
    part,
    rollout,
    actor,
  }: {
    readonly terms: Extract<RequestTerms, { kind: 'freeze' }>;
    readonly part: ClientPart;
    readonly rollout: Rollout;
    readonly actor: string;
  },
): Promise<void> {
  const { from, to, reason } = terms;
  const agreed = { kind: 'freeze', document: { from, to, reason } } as const;
  const days = daysOf({ terms: agreed }, localDateAt(part.zone, await tx.now()));
  await insertAgreement(tx, {
    ...agreed,
    ...days,
    clientId: part.clientId,
    source: `the client's own request during "${rollout.name}"`,
    owner: actor,
    bindsCritical: true,
    actor,
  });
}

async function askPerson(
  tx: Transaction,
  {
    id,
    whyWaiting,
    request,
  }: { readonly id: string; readonly whyWaiting: string; readonly request: JudgedRequest },
): Promise<void> {
  const { terms, answer, part } = request;
  const { name, rolloutId, clientId, clientRolloutId } = part;
  await raiseAttention(tx, {
    dedupeKey: requestQuestionKey({ clientRolloutId, id }),
    kind: 'client-request',
    text: `${name} asks for ${requestWords(terms)} (${terms.reason}). ${answer.text} ${whyWaiting}`,
    actions: actionsFor[terms.kind],
    rolloutId,
    clientId,
    clientRolloutId,
    subjectId: id,
  });
}

const actionsFor: Readonly<Record<RequestTerms['kind'], readonly string[]>> = {
  freeze: ['plan-again', 'move-date'],
  preference: ['move-date'],
  skip: ['skip'],
};

function problemsOfRequest(terms: RequestTerms): readonly CalendarProblem[] {
  if (terms.kind === 'freeze') {
    const { from, to, reason } = terms;
    return problemsOfTerms({ kind: 'freeze', document: { from, to, reason } });
  }
  if (terms.kind === 'skip' || terms.fromTime < terms.toTime) return [];
  const message = `it ends at ${terms.toTime}, before it begins at ${terms.fromTime}`;
  return [{ code: 'backwards', path: 'toTime', message }];
}

function isPast(terms: RequestTerms, { zone }: ClientPart, now: Instant): boolean {
  return terms.kind === 'freeze' && terms.to <= instantToLocal(zone, now).local;
}

const past = { code: 'past', path: 'to', message: 'this freeze would be over already' };
