import type { ClientRolloutId, RoundId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Queryable } from '../pool.ts';
import type { MailStatus } from '../stores/mail-delivery.store.ts';

/** One mail of a lane, as far as the next one must know it. */
export interface LaneMail {
  readonly kind: string;
  readonly status: MailStatus;
  readonly boundTo: string | null;
  readonly rfcMessageId: string;
  readonly threadRootId: string;
  readonly calendarSequence: number | null;
  readonly toldFrom: Instant | null;
  readonly toldUntil: Instant | null;
}

/** What one contact was written about one rollout, in the order in which it leaves. */
export async function readLane(db: Queryable, lane: string): Promise<readonly LaneMail[]> {
  return await db.rows<LaneMail>(
    `select m.kind, m.status, m.bound_to as "boundTo", m.rfc_message_id as "rfcMessageId",
       m.thread_root_id as "threadRootId", m.calendar_sequence as "calendarSequence",
       m.told_from as "toldFrom", m.told_until as "toldUntil"
     from mail_delivery m
     where m.lane = $1
     order by m.lane_position, m.created_at`,
    [lane],
  );
}

const mostRepeats = 50;

/** The key of the n-th mail under one dedupe key: the first has the plain one. */
export function repeatedKey(dedupeKey: string, number: number): string {
  return number <= 1 ? dedupeKey : `${dedupeKey}#${number}`;
}

/** How often a dedupe key was used, and whether one of those mails still stands. */
export async function readKeyUse(
  db: Queryable,
  dedupeKey: string,
): Promise<{ readonly count: number; readonly stands: boolean }> {
  const rows = await db.rows<{ count: number; stands: boolean | null }>(
    `select count(*) as count, bool_or(m.status not in ('cancelled', 'superseded', 'expired')) as stands
     from mail_delivery m
     where m.dedupe_key = any($1)`,
    [Array.from({ length: mostRepeats }, (_, index) => repeatedKey(dedupeKey, index + 1))],
  );
  return { count: rows[0]?.count ?? 0, stands: rows[0]?.stands ?? false };
}

/** Open questions that only the clients' owners have seen, and the client rollouts whose date can still be told. */
export async function readOwedWhenLive(
  db: Queryable,
  now: Instant,
): Promise<{
  readonly rounds: readonly {
    readonly roundId: RoundId;
    readonly clientRolloutId: ClientRolloutId;
  }[];
  readonly announcements: readonly ClientRolloutId[];
}> {
  const rounds = await db.rows<{ roundId: RoundId; clientRolloutId: ClientRolloutId }>(
    `select ar.id as "roundId", ar.client_rollout_id as "clientRolloutId"
     from approval_round ar
     join client_rollout cr on cr.id = ar.client_rollout_id
     join rollout r on r.id = cr.rollout_id
     where ar.state = 'open' and not ar.live and cr.state = 'asking' and r.state in ('running', 'paused')
     order by ar.client_rollout_id`,
  );
  const announcements = await db.rows<{ id: ClientRolloutId }>(
    `select cr.id
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     where cr.state = 'scheduled' and r.state in ('running', 'paused') and cr.notice_deadline > $1
     order by cr.id`,
    [now],
  );
  return { rounds, announcements: announcements.map((row) => row.id) };
}
