import { zoneDataVersion } from '../../domain/calendar/zone.ts';
import type { BuildId, ClientId, ClientRolloutId, CohortId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Consent, NoAnswerRule } from '../../domain/rollout/policy.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { Transaction } from '../in-transaction.ts';
import type { ClientRolloutRef } from './client-rollout.store.ts';

/** One client's part of a rollout as a decision about many of them needs it. */
export interface ClientPart extends ClientRolloutRef {
  readonly key: string;
  readonly name: string;
  readonly zone: string;
  readonly planPosition: number;
  readonly state: ClientRolloutState;
  readonly held: boolean;
  readonly slotStart: Instant | null;
  readonly slotLatestEnd: Instant | null;
  readonly agreedBuildId: BuildId | null;
  readonly hasOpenRound: boolean;
  /** Somebody at the client was told the present date. */
  readonly wasTold: boolean;
  /** Whose choice the present date is; null = the planner's. */
  readonly pinnedBy: 'client' | 'person' | null;
}

/** Which clients of a rollout: those with the keys, those with the tag, or all. */
export type PartSelection = { readonly keys: readonly string[] } | { readonly tag: string } | 'all';

/** Locks parts of a rollout and reads them in plan order; the rollout's row is held already. */
export async function lockParts(
  tx: Transaction,
  rolloutId: RolloutId,
  selection: PartSelection,
): Promise<readonly ClientPart[]> {
  return await tx.rows<ClientPart>(
    `select
       cr.id as "clientRolloutId", cr.rollout_id as "rolloutId", cr.client_id as "clientId", cl.key, cl.name,
       cl.zone, cr.plan_position as "planPosition", cr.state, cr.held, cr.slot_start as "slotStart",
       cr.slot_latest_end as "slotLatestEnd", cr.agreed_build_id as "agreedBuildId", cr.slot_pinned_by as "pinnedBy",
       exists (
         select 1
         from approval_round ar
         where ar.client_rollout_id = cr.id and ar.state = 'open'
       ) as "hasOpenRound",
       exists (
         select 1
         from mail_delivery m
         where m.client_rollout_id = cr.id and m.kind in ('notice', 'moved') and m.bound_to = cr.slot_local_start
           and m.accepted_at is not null
       ) as "wasTold"
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     where cr.rollout_id = $1
       and ($2::text[] is null or cl.key = any($2))
       and ($3::text is null or $3 = any(cl.tags))
     order by cr.plan_position
     for no key update of cr`,
    [
      rolloutId,
      selection !== 'all' && 'keys' in selection ? selection.keys : null,
      selection !== 'all' && 'tag' in selection ? selection.tag : null,
    ],
  );
}

/** A slot with its notice, as planned. */
export interface PlannedSlot {
  readonly start: Instant;
  readonly latestEnd: Instant;
  readonly localStart: string;
  readonly noticeAt: Instant;
  readonly noticeDeadline: Instant;
}

/** One client's part of a new rollout. */
export interface NewClientPart {
  readonly clientRolloutId: ClientRolloutId;
  readonly clientId: ClientId;
  readonly cohortId: CohortId;
  readonly planPosition: number;
  readonly consent: Consent;
  readonly noAnswerRule: NoAnswerRule;
  readonly calendarId: string | null;
  readonly previewAt: Instant | null;
  /** Null = no date was found; it goes ahead until the date matters. */
  readonly slot: PlannedSlot | null;
}

/** Writes all parts of a new rollout in one statement, each with its event. */
export async function insertParts(
  tx: Transaction,
  rolloutId: RolloutId,
  by: { readonly actor: string },
  parts: readonly NewClientPart[],
): Promise<void> {
  await tx.rows(insertAllParts, [
    rolloutId,
    await tx.now(),
    JSON.stringify(parts.map((part) => partRow(part))),
    zoneDataVersion,
  ]);
  for (const { clientId, clientRolloutId, slot } of parts) {
    tx.record({
      kind: 'client-rollout.planned',
      actor: by.actor,
      ...(slot === null ? { cause: 'no date was found for it yet' } : {}),
      rolloutId,
      clientId,
      clientRolloutId,
      facts: { slotStart: slot?.start ?? null, slotLatestEnd: slot?.latestEnd ?? null },
    });
  }
}

/** Gives a part another slot; its number tells dates that were announced apart. Only a chosen date is pinned. */
export async function setSlot(
  tx: Transaction,
  id: ClientRolloutId,
  slot: PlannedSlot,
  pinnedBy: ClientPart['pinnedBy'] = null,
): Promise<void> {
  await tx.rows(
    `update client_rollout as cr
     set slot_start = $2, slot_latest_end = $3, slot_local_start = $4, notice_at = $5, notice_deadline = $6,
         slot_number = cr.slot_number + 1, slot_pinned_by = $7, slot_zone = cl.zone, slot_zone_data = $8
     from client cl
     where cr.id = $1 and cl.id = cr.client_id`,
    [
      id,
      slot.start,
      slot.latestEnd,
      slot.localStart,
      slot.noticeAt,
      slot.noticeDeadline,
      pinnedBy,
      zoneDataVersion,
    ],
  );
}

/** Puts parts on hold until they are released or the time is over. */
export async function setHold(
  tx: Transaction,
  ids: readonly ClientRolloutId[],
  hold: { readonly reason: string; readonly by: string; readonly until: Instant | null },
): Promise<void> {
  await tx.rows(
    `update client_rollout as cr
     set held = true, hold_reason = $2, hold_by = $3, hold_until = $4
     where cr.id = any($1)`,
    [ids, hold.reason, hold.by, hold.until],
  );
}

/** Ends the hold of parts. */
export async function endHold(tx: Transaction, ids: readonly ClientRolloutId[]): Promise<void> {
  await tx.rows(
    `update client_rollout as cr
     set held = false, hold_reason = null, hold_by = null, hold_until = null
     where cr.id = any($1)`,
    [ids],
  );
}

/** A newer build is brought: attempts are counted anew, so that none for the older build is taken for one of it. */
export async function startNewGeneration(
  tx: Transaction,
  ids: readonly ClientRolloutId[],
): Promise<void> {
  await tx.rows(
    `update client_rollout as cr
     set preview_generation = cr.preview_generation + 1, production_generation = cr.production_generation + 1
     where cr.id = any($1)`,
    [ids],
  );
}

const insertAllParts = `
  insert into client_rollout
    (id, rollout_id, client_id, cohort_id, plan_position, state, since, consent, no_answer_rule,
     client_calendar_id, preview_at, slot_start, slot_latest_end, slot_local_start, notice_at, notice_deadline,
     slot_number, held, preview_generation, production_generation, waiting_for_place, slot_zone, slot_zone_data)
  select
    p.id, $1, p.client_id, p.cohort_id, p.plan_position, 'planned', $2, p.consent, p.no_answer_rule,
    p.client_calendar_id, p.preview_at, p.slot_start, p.slot_latest_end, p.slot_local_start, p.notice_at,
    p.notice_deadline, case when p.slot_start is null then 0 else 1 end, false, 1, 1, false,
    case when p.slot_start is not null then cl.zone end, case when p.slot_start is not null then $4 end
  from jsonb_to_recordset($3::jsonb) as p (
    id uuid, client_id uuid, cohort_id uuid, plan_position integer, consent text, no_answer_rule text,
    client_calendar_id uuid, preview_at timestamptz, slot_start timestamptz, slot_latest_end timestamptz,
    slot_local_start text, notice_at timestamptz, notice_deadline timestamptz)
  join client cl on cl.id = p.client_id`;

function partRow(part: NewClientPart): Record<string, unknown> {
  return {
    id: part.clientRolloutId,
    client_id: part.clientId,
    cohort_id: part.cohortId,
    plan_position: part.planPosition,
    consent: part.consent,
    no_answer_rule: part.noAnswerRule,
    client_calendar_id: part.calendarId,
    preview_at: part.previewAt,
    slot_start: part.slot?.start,
    slot_latest_end: part.slot?.latestEnd,
    slot_local_start: part.slot?.localStart,
    notice_at: part.slot?.noticeAt,
    notice_deadline: part.slot?.noticeDeadline,
  };
}
