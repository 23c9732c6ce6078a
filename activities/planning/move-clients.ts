import type { Transaction } from '../../database/in-transaction.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import { type ClientPart, setSlot } from '../../database/stores/client-part.store.ts';
import { moveEmptiedCohorts } from '../../database/stores/cohort.store.ts';
import type { Rollout } from '../../database/stores/rollout.store.ts';
import { instantToLocal } from '../../domain/calendar/zone.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Placement, PlanContent } from '../../domain/rollout/plan-input.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import {
  clientRolloutWorkflowId,
  rolloutWorkflowId,
} from '../../workflows/contract/workflow-ids.ts';
import type { ActDependencies } from '../dependencies.ts';
import { settleClosedDates } from './ask-about-closed-dates.ts';
import { slotOf } from './planned-slot.ts';

/** What becomes of one client's date. */
export interface ClientMove {
  readonly key: string;
  readonly name: string;
  readonly from: Instant | null;
  /** Null = no date was found; the client stays where it is. */
  readonly to: Instant | null;
  /** The new start on the client's own clock. */
  readonly localStart: string | null;
  readonly zone: string;
  /** Somebody there was told the present date and must be told the new one. */
  readonly toldAgain: boolean;
  /** Why no date was found; empty when one was. */
  readonly reasons: readonly string[];
  /** Why the date it had cannot stay; null when nothing was in its way. */
  readonly whyMoved: string | null;
}

/** The difference a new plan makes, in plan order; clients that keep their date are not in it. */
export function movesOf(
  parts: readonly Pick<
    ClientPart,
    'clientId' | 'key' | 'name' | 'zone' | 'state' | 'slotStart' | 'wasTold'
  >[],
  content: PlanContent,
): readonly ClientMove[] {
  const planned = new Map(content.clients.map((client) => [client.clientId, client.placement]));
  return parts.flatMap((part) => {
    const placement = planned.get(part.clientId);
    if (placement === undefined || placement.kind === 'kept') return [];
    const to = placement.kind === 'placed' ? placement.slotStart : null;
    if (to === part.slotStart && part.state !== 'missed') return [];
    const { key, name, zone, slotStart, wasTold } = part;
    return [{ key, name, zone, from: slotStart, to, wasTold, placement }].map((each) =>
      moveOf(each),
    );
  });
}

function moveOf({
  wasTold,
  placement,
  ...move
}: Pick<ClientMove, 'key' | 'name' | 'zone' | 'from' | 'to'> & {
  readonly wasTold: boolean;
  readonly placement: Placement;
}): ClientMove {
  const { to, zone } = move;
  return {
    ...move,
    localStart: to === null ? null : instantToLocal(zone, to).local,
    toldAgain: to !== null && wasTold,
    reasons: placement.kind === 'unplaced' ? placement.reasons : [],
    whyMoved: placement.kind === 'placed' ? (placement.whyMoved ?? null) : null,
  };
}

/**
 * Gives clients their new dates: the old date's notices are void, whoever was told hears of the new one, and each
 * goes on from what is true already. Answers how many got one.
 */
export async function moveClients(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  order: {
    readonly rollout: Rollout;
    readonly parts: readonly ClientPart[];
    readonly content: PlanContent;
    readonly actor: string;
    readonly reason: string;
  },
): Promise<number> {
  const { rollout, parts, content, actor, reason } = order;
  const moved = new Set(movesOf(parts, content).map(({ key }) => key));
  const placements = new Map(content.clients.map((each) => [each.clientId, each.placement]));
  let count = 0;
  for (const part of parts) {
    const placement = placements.get(part.clientId);
    const slot = placement === undefined ? null : slotOf(placement);
    if (slot === null || !moved.has(part.key)) continue;
    count += 1;
    await setSlot(tx, part.clientRolloutId, slot);
    const { rolloutId, clientId, clientRolloutId } = part;
    const facts = { from: part.slotStart, to: slot.start, latestEnd: slot.latestEnd };
    tx.record({
      kind: 'client-rollout.moved',
      actor,
      cause: reason,
      rolloutId,
      clientId,
      clientRolloutId,
      facts,
    });
    await bringBack(tx, part, rollout, actor);
    const { slotStart, slotLatestEnd } = part;
    const previous = slotStart && slotLatestEnd ? { slotStart, slotLatestEnd } : null;
    await deps.desk.moveDate(tx, { clientRolloutId, previous, reason });
    tx.wake(clientRolloutWorkflowId(rolloutId, clientId), part.planPosition);
  }
  await moveEmptiedCohorts(tx, rollout.id);
  await settleClosedDates(tx, { rolloutId: rollout.id, actor });
  tx.wake(rolloutWorkflowId(rollout.id));
  return count;
}

async function bringBack(
  tx: Transaction,
  part: ClientPart,
  rollout: Rollout,
  actor: string,
): Promise<void> {
  const to = stateWithNewDate(part, rollout);
  if (to === part.state) return;
  const move = { of: part, from: [part.state], to, actor, reason: 'it has a new date' };
  await moveClientRollout(tx, move);
}

/** A new date is announced anew; what the client agreed to, and the question it was put, outlive the date. */
function stateWithNewDate(part: ClientPart, { buildId }: Rollout): ClientRolloutState {
  if (part.state !== 'missed' && part.state !== 'scheduled') return part.state;
  if (buildId !== null && part.agreedBuildId === buildId) return 'agreed';
  return part.hasOpenRound ? 'asking' : 'planned';
}
