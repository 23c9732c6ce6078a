import type { Instant } from '../instant.ts';
import type { PlanContent, PlanInput, PlannedClient } from './plan-input.ts';

/** What differs for one client between two plans; null = it has no part or no date there. */
export interface PlanDifference {
  readonly key: string;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly what: 'added' | 'left out' | 'moved' | 'changed';
  /** Why its date could not stay, or why it has none; null where nothing was in its way. */
  readonly why: string | null;
}

/** A client whose date a new plan within a rollout changes. */
export interface PlanMove {
  readonly key: string;
  readonly name: string;
  readonly from: Instant | null;
  /** Null = no date was found. */
  readonly to: Instant | null;
  readonly why: string | null;
  /** It was told the date it has, so that it must be told the new one. */
  readonly toldAgain: boolean;
}

/** Who would move if a plan were applied to the dates in its input, in plan order. */
export function movesOfPlan(input: PlanInput, content: PlanContent): readonly PlanMove[] {
  const byKey = new Map(input.clients.map((client) => [client.key, client]));
  return content.clients.flatMap((planned) => {
    const client = byKey.get(planned.key);
    if (client === undefined) return [];
    const { key, name, keeps, pinned, current } = client;
    const from = (keeps ?? pinned ?? current)?.start ?? null;
    const to = startOf(planned);
    if (from === to) return [];
    const toldAgain = keeps?.why === 'told' && to !== null;
    return [{ key, name, from, to, why: whyOf(planned), toldAgain }];
  });
}

/** Every client whose part differs, by key; an empty list when both plans say the same. */
export function differenceOfPlans(
  before: PlanContent,
  after: PlanContent,
): readonly PlanDifference[] {
  const was = new Map(before.clients.map((client) => [client.key, client]));
  const is = new Map(after.clients.map((client) => [client.key, client]));
  const keys = [...new Set([...was.keys(), ...is.keys()])].sort();
  return keys.flatMap((key) => {
    const [old, present] = [was.get(key), is.get(key)];
    const what = whatDiffers(old, present);
    if (what === null) return [];
    return [{ key, from: startOf(old), to: startOf(present), what, why: whyOf(present) }];
  });
}

/** When a client's production is planned; null when it has no date. */
export function startOf(client: PlannedClient | undefined): Instant | null {
  if (!client || client.placement.kind === 'unplaced') return null;
  return client.placement.slotStart;
}

function whyOf(client: PlannedClient | undefined): string | null {
  if (!client || client.placement.kind === 'kept') return null;
  const { placement } = client;
  return placement.kind === 'placed'
    ? (placement.whyMoved ?? null)
    : (placement.reasons[0] ?? null);
}

function whatDiffers(
  old: PlannedClient | undefined,
  present: PlannedClient | undefined,
): PlanDifference['what'] | null {
  if (!old) return 'added';
  if (!present) return 'left out';
  if (startOf(old) !== startOf(present)) return 'moved';
  return textOf(old) === textOf(present) ? null : 'changed';
}

/** Only lists, texts and numbers in one fixed order of fields, so that equal parts give equal texts. */
function textOf({ cohort, consent, placement }: PlannedClient): string {
  const { kind } = placement;
  if (kind === 'unplaced') return JSON.stringify([cohort, consent, kind, placement.reasons]);
  const times = [placement.slotStart, placement.slotLatestEnd];
  if (kind === 'kept') return JSON.stringify([cohort, consent, kind, times]);
  const { answerBy, noticeAt, noticeDeadline } = placement;
  return JSON.stringify([cohort, consent, kind, times, answerBy, noticeAt, noticeDeadline]);
}
