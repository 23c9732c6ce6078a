import type { Transaction } from '../../database/in-transaction.ts';
import type { ClientPart } from '../../database/stores/client-part.store.ts';
import { localMsOf } from '../../domain/calendar/local-time.ts';
import { instantToLocal } from '../../domain/calendar/zone.ts';
import {
  type RequestAnswer,
  type RequestTerms,
  withFreeze,
} from '../../domain/rollout/answer-request.ts';
import { judgeChosenDate } from '../../domain/rollout/offers.ts';
import type { PlanInput } from '../../domain/rollout/plan-input.ts';
import type { ClientMoves } from '../../domain/rollout/policy.ts';
import { hasEnded } from '../../domain/rollout/states.ts';
import { whyNoMove } from './date-choice.ts';

/** A request as its limits are judged: under the locks, with what the planner said. */
export interface JudgedRequest {
  readonly terms: RequestTerms;
  readonly answer: RequestAnswer;
  readonly input: PlanInput;
  readonly part: ClientPart;
  /** The parts that the client has in all rollouts that are not over. */
  readonly everywhere: readonly ClientPart[];
}

/**
 * Why a request is not granted at once, in a sentence; null = it lies within what the vendor lets clients decide by
 * themselves: only the client's own date moves, as often and as far as it may move it anyway.
 */
export async function whyRequestWaits(
  tx: Transaction,
  request: JudgedRequest,
): Promise<string | null> {
  const { terms, answer, input, part } = request;
  const { clientMoves } = input.policy;
  if (terms.kind === 'skip') return 'Whether a client is left out is for a person to decide.';
  if (clientMoves === undefined) return await whyNoMove(tx, part, input);
  if (answer.moves.some(({ key }) => key !== part.key)) return 'Other clients would have to move.';
  if (answer.slotStart === null) return 'There is no date that meets it.';
  const ownMove = answer.moves.length > 0;
  const tooMuch = terms.kind === 'freeze' ? whyFreezeWaits(terms, clientMoves, request) : null;
  if (tooMuch !== null || !ownMove) return tooMuch;
  return (await whyNoMove(tx, part, input)) ?? whyDateWaits(request, answer.slotStart);
}

/** A freeze binds every rollout of the client, so none may have a date in it but the one that moves. */
function whyFreezeWaits(
  { from, to }: Extract<RequestTerms, { kind: 'freeze' }>,
  { latestDays }: ClientMoves,
  { answer, part, everywhere }: JudgedRequest,
): string | null {
  const days = ((localMsOf(to) ?? 0) - (localMsOf(from) ?? 0)) / 86_400_000;
  if (days > latestDays) {
    return `The freeze lasts longer than the ${latestDays} days by which the client may move its date.`;
  }
  const staying = everywhere.filter(
    ({ clientRolloutId, state }) =>
      !hasEnded(state) && (clientRolloutId !== part.clientRolloutId || answer.moves.length === 0),
  );
  const meets = staying.some(({ slotStart, slotLatestEnd, zone }) => {
    if (slotStart === null || slotLatestEnd === null) return false;
    const [start, end] = [slotStart, slotLatestEnd].map((at) => instantToLocal(zone, at).local);
    return String(start) < to && String(end) > from;
  });
  return meets
    ? 'A date that the client has lies within the freeze and would not move by it.'
    : null;
}

function whyDateWaits(
  { terms, input, part: { key } }: JudgedRequest,
  start: NonNullable<RequestAnswer['slotStart']>,
): string | null {
  const granted = terms.kind === 'freeze' ? withFreeze(input, { ...terms, clientKey: key }) : input;
  const judged = judgeChosenDate(granted, key, { start, by: 'client' });
  return judged.kind === 'refused' ? judged.detail : null;
}
