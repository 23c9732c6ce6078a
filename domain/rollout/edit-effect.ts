import { instantToLocal } from '../calendar/zone.ts';
import type { ClientId, RolloutId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import { startOf } from './plan-difference.ts';
import type { PlanContent, PlannedClient } from './plan-input.ts';

/** What an edit that was not saved yet would do to one rollout. */
export interface RolloutEffect {
  readonly rolloutId: RolloutId;
  readonly rolloutName: string;
  readonly moves: readonly EffectMove[];
  readonly unplaced: readonly EffectLoss[];
}

/** A client that would get another date. */
export interface EffectMove {
  readonly key: string;
  readonly name: string;
  readonly from: Instant | null;
  readonly to: Instant;
  readonly fromLocal: string | null;
  readonly toLocal: string;
  readonly reason: string;
  /** It was told the present date, so it would be told again. */
  readonly toldAgain: boolean;
}

/** A client that would be left without a date. */
export interface EffectLoss {
  readonly key: string;
  readonly name: string;
  readonly reasons: readonly string[];
  readonly relaxation: string | null;
}

/** All rollouts that an edit would change something in, and the sentence that sums it up. */
export interface EditEffect {
  readonly rollouts: readonly RolloutEffect[];
  readonly moved: number;
  readonly toldAgain: number;
  readonly unplaced: number;
  readonly summary: string;
}

/** A client's date today. */
export interface DateToday {
  readonly clientId: ClientId;
  readonly name: string;
  readonly zone: string;
  readonly slotStart: Instant | null;
  readonly wasTold: boolean;
}

/** Who differs between the plan as things are and the plan with the edit; what both would change is not its doing. */
export function effectOfEdit(
  today: readonly DateToday[],
  { before, after }: { readonly before: PlanContent; readonly after: PlanContent },
): Pick<RolloutEffect, 'moves' | 'unplaced'> {
  const dateOf = new Map(today.map((each) => [each.clientId, each]));
  const was = new Map(before.clients.map((each) => [each.clientId, each]));
  const moves: EffectMove[] = [];
  const unplaced: EffectLoss[] = [];
  for (const planned of after.clients) {
    const present = dateOf.get(planned.clientId);
    const from = startOf(was.get(planned.clientId));
    const to = startOf(planned);
    if (present === undefined || from === to) continue;
    if (to === null) unplaced.push(lossOf(planned, present));
    else moves.push(moveOf(planned, { present, from, to }));
  }
  return { moves, unplaced };
}

/** Counts over all rollouts, with the sentence for whoever is about to save. */
export function sumUpEffect(rollouts: readonly RolloutEffect[]): EditEffect {
  const touched = rollouts.filter(({ moves, unplaced }) => moves.length + unplaced.length > 0);
  const moves = touched.flatMap((each) => each.moves);
  const moved = moves.length;
  const toldAgain = moves.filter((each) => each.toldAgain).length;
  const unplaced = touched.flatMap((each) => each.unplaced).length;
  return {
    rollouts: touched,
    moved,
    toldAgain,
    unplaced,
    summary: sentenceOf({ moved, toldAgain, unplaced }),
  };
}

function sentenceOf({
  moved,
  toldAgain,
  unplaced,
}: Pick<EditEffect, 'moved' | 'toldAgain' | 'unplaced'>): string {
  const parts = [
    ...(moved > 0 ? [`${clientsOf(moved)} would move${toldWords(moved, toldAgain)}`] : []),
    ...(unplaced > 0 ? [`${moved > 0 ? unplaced : clientsOf(unplaced)} would have no date`] : []),
  ];
  return parts.length === 0 ? 'Nobody would move.' : `${parts.join('; ')}.`;
}

function toldWords(moved: number, toldAgain: number): string {
  if (toldAgain === 0) return '';
  if (moved === 1) return '; it was told a date and would be told again';
  const were = toldAgain === 1 ? '1 of them was' : `${toldAgain} of them were`;
  return `, ${were} told a date and would be told again`;
}

function clientsOf(count: number): string {
  return count === 1 ? '1 client' : `${count} clients`;
}

function lossOf({ key, placement }: PlannedClient, { name }: DateToday): EffectLoss {
  if (placement.kind !== 'unplaced') return { key, name, reasons: [], relaxation: null };
  const { reasons, relaxation } = placement;
  return { key, name, reasons, relaxation: relaxation?.text ?? null };
}

function moveOf(
  { key, placement }: PlannedClient,
  dates: { readonly present: DateToday; readonly from: Instant | null; readonly to: Instant },
): EffectMove {
  const { present, from, to } = dates;
  const { name, zone, slotStart, wasTold } = present;
  const why = placement.kind === 'placed' ? placement.whyMoved : undefined;
  return {
    key,
    name,
    from,
    to,
    fromLocal: from === null ? null : instantToLocal(zone, from).local,
    toLocal: instantToLocal(zone, to).local,
    reason: why ?? whatBecomesPossible(from, to === slotStart),
    toldAgain: wasTold && to !== slotStart,
  };
}

function whatBecomesPossible(from: Instant | null, isPresentDate: boolean): string {
  if (isPresentDate) return 'its present date becomes possible again';
  return from === null ? 'a date becomes possible' : 'another date becomes possible';
}
