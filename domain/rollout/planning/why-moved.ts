import { epochMsOf } from '../../instant.ts';
import type { Candidate } from './crowd.ts';
import { latestDateOf } from './open-time-of-clients.ts';
import type { LostDate, Placing } from './place-clients.ts';
import type { Planning } from './planning.ts';
import { presentDateOf } from './present-date.ts';
import { rulesThen } from './why-unplaced.ts';
import { dateWords, momentWords } from './words.ts';

/** Why the date that a client had cannot stay; nothing when it stays or there was none. */
export function whyMoved(
  candidate: Candidate,
  planning: Planning,
  { lost, earliest }: Placing,
): string | undefined {
  const why = lost.get(candidate);
  const present = presentDateOf(candidate);
  if (why === undefined || present === null) return undefined;
  const { client } = candidate;
  const at = Math.max(epochMsOf(present.slot.start), planning.plannedMs);
  const then = momentWords(epochMsOf(present.slot.start), client.zone);
  const turn = momentWords(earliest[client.cohort] ?? 0, client.zone);
  const latest = dateWords(latestDateOf(planning.input, client.zone));
  const rules = why === 'closed' ? rulesThen(candidate, planning, at) : [];
  const because = {
    closed: rules.length === 0 ? 'is closed' : `is closed: ${rules.join(', ')}`,
    'too early': 'lies before the earliest date',
    'too late': `lies after the latest date ${latest}`,
    notice: 'comes too soon for the notice to leave in time',
    'other rollout': 'belongs to another rollout at this client',
    'no place': 'has no free place any more',
    cohort: `comes before its cohort's turn on ${turn}`,
    displaced: 'is the only one left for another client',
  } satisfies Record<LostDate, string>;
  return `${then} ${because[why]}`;
}
