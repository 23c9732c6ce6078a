import { type CalendarLayer } from '../calendar/calendar-layer.ts';
import { instantToLocal } from '../calendar/zone.ts';
import { instantOf } from '../instant.ts';
import type { Placement, PlanClient, PlanContent, PlanInput, PlannedClient } from './plan-input.ts';
import { bestPlacing } from './planning/best-placing.ts';
import { calendarsOf } from './planning/client-side.ts';
import type { Candidate } from './planning/crowd.ts';
import { type Explanation, explanations, noExplanations } from './planning/explain-unplaced.ts';
import { noticeOfSlot } from './planning/notice-of-slot.ts';
import { layersOf as clientLayers, stretchEndAt } from './planning/open-time-of-clients.ts';
import type { Placing } from './planning/place-clients.ts';
import { type Planning, planningOf } from './planning/planning.ts';
import { latestEndOf, spanAt } from './planning/start-span.ts';
import { warningsFor } from './planning/warnings.ts';
import { whyMoved } from './planning/why-moved.ts';

/** Whether clients without a date are told why; whoever only asks for dates need not wait for it. */
export interface PlanOptions {
  readonly explain: boolean;
}

/**
 * Gives every client its dates, or says why it can have none. Deterministic: only the input counts, and the order
 * of its rows does not.
 */
export function plan(input: PlanInput, { explain }: PlanOptions = { explain: true }): PlanContent {
  const planning = planningOf(input);
  const placing = bestPlacing(planning);
  const explanationOf = explain ? explanations(planning, placing) : noExplanations;
  return {
    clients: planning.candidates.map((candidate) =>
      plannedClient(candidate, { planning, placing, explanationOf }),
    ),
    warnings: planning.candidates.flatMap(({ client }) => warningsFor(client, input)),
  };
}

/** Whose windows must all be open for this client. */
export function layersOf(input: PlanInput, client: PlanClient): readonly CalendarLayer[] {
  return clientLayers(input, client, calendarsOf(input));
}

interface Answering {
  readonly planning: Planning;
  readonly placing: Placing;
  readonly explanationOf: (candidate: Candidate) => Explanation;
}

function plannedClient(candidate: Candidate, answering: Answering): PlannedClient {
  const { clientId, key, cohort, consent } = candidate.client;
  return { clientId, key, cohort, consent, placement: placementOf(candidate, answering) };
}

function placementOf(candidate: Candidate, answering: Answering): Placement {
  const { planning, placing, explanationOf } = answering;
  const { keeps } = candidate.client;
  if (keeps !== null && placing.kept.has(candidate)) {
    return { kind: 'kept', slotStart: keeps.start, slotLatestEnd: keeps.latestEnd };
  }
  const start = placing.starts.get(candidate);
  if (start !== undefined) return placedAt(start, candidate, answering);
  const moved = whyMoved(candidate, planning, placing);
  const { reasons, relaxation } = explanationOf(candidate);
  const hadDate = moved === undefined ? [] : [`the date it had, ${moved}`];
  return { kind: 'unplaced', reasons: [...reasons, ...hadDate], relaxation };
}

function placedAt(
  start: number,
  candidate: Candidate,
  { planning, placing }: Answering,
): Placement {
  const { client, side, open } = candidate;
  const { agreedAt, terms, previewAt, answerBy } = side;
  const stands = client.pinned !== null || client.current !== null;
  const notice = noticeOfSlot(start, terms, { agreedAt, stands });
  if (notice === null) throw new Error(`${client.key} was placed without room for its notice`);
  const span = spanAt(open, start);
  const { worstCaseMs } = planning;
  const { zone } = client;
  // Only what was chosen beyond the latest date lies outside the open time that was computed.
  const { input, calendarOf } = planning;
  const stretchEnd = span?.stretchEnd ?? stretchEndAt(start, { input, client, calendarOf });
  const moved = whyMoved(candidate, planning, placing);
  return {
    kind: 'placed',
    previewAt: instantOf(previewAt),
    answerBy: answerBy === null ? null : instantOf(answerBy),
    noticeAt: instantOf(notice.noticeAt),
    noticeDeadline: instantOf(notice.noticeDeadline),
    slotStart: instantOf(start),
    slotLatestEnd: instantOf(latestEndOf(start, { stretchEnd, worstCaseMs, zone })),
    localStart: instantToLocal(zone, instantOf(start)).local,
    ...(moved !== undefined && { whyMoved: moved }),
  };
}
