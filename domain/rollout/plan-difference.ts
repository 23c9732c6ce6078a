import type { Instant } from '../instant.ts';
import type { PlanContent, PlannedClient } from './plan-input.ts';

/** What differs for one client between two plans; null = it has no part or no date there. */
export interface PlanDifference {
  readonly key: string;
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly what: 'added' | 'left out' | 'moved' | 'changed';
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
    return what === null ? [] : [{ key, from: startOf(old), to: startOf(present), what }];
  });
}

/** When a client's production is planned; null when it has no date. */
export function startOf(client: PlannedClient | undefined): Instant | null {
  if (!client || client.placement.kind === 'unplaced') return null;
  return client.placement.slotStart;
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
