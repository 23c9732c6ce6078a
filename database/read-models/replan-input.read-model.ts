import type { BuildId, ChangeId, ClientId, PolicyId } from '../../domain/ids.ts';
import type { Instant, LocalDate } from '../../domain/instant.ts';
import type { PlanClient, PlanInput } from '../../domain/rollout/plan-input.ts';
import type { PlanAgainRequest } from '../../domain/rollout/plan-request.ts';
import type { Consent, NoAnswerRule, Policy } from '../../domain/rollout/policy.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';
import {
  type ClientOfPlan,
  readCalendarDocuments,
  readPlanClients,
  readTakenSlots,
} from './plan-clients.read-model.ts';
import { type AgreedByClient, readAgreedTerms } from './plan-agreements.read-model.ts';
import {
  calendarNamed,
  calendarProblem,
  type PlanInputReading,
  previewLimitOf,
  problem,
} from './plan-input.read-model.ts';
import { readNoteLocales } from './plan-subject.read-model.ts';

/** Reads what new dates within a rollout follow from: who moves, and who keeps a date that others count with. */
export async function readReplanInput(
  db: Queryable,
  request: PlanAgainRequest,
  plannedAt: Instant,
): Promise<PlanInputReading> {
  const rollout = await readRollout(db, request);
  if (rollout === null) return problem('ROLLOUT_NOT_FOUND', 'There is no such rollout.');
  const parts = await readParts(db, request);
  const moving = whoMoves(parts, request);
  if ('kind' in moving) return moving;
  const rows = await readPlanClients(db, { rolloutId: request.rolloutId });
  const clientIds = rows.map(({ client }) => client.clientId);
  const agreed = await readAgreedTerms(db, {
    clientIds,
    critical: rollout.critical,
    at: plannedAt,
  });
  const previewCalendar = await calendarNamed(db, rollout.policy.previewCalendar ?? null);
  if (previewCalendar.missing !== null) return calendarProblem(previewCalendar.missing);
  const partOf = new Map(parts.map((part) => [part.client_id, part]));
  const clients = rows.flatMap(({ client }) => {
    const part = partOf.get(client.clientId);
    const moves = moving.has(client.clientId);
    if (!part) return [];
    const dates = datesOf(part, { moves, isFree: request.clients === 'all' });
    if (!moves && dates.keeps === null) return [];
    return [clientOf(client, { part, agreed, dates, buildId: rollout.build_id })];
  });
  const input: PlanInput = {
    plannedAt,
    changeKind: rollout.change_kind,
    critical: rollout.critical,
    policy: rollout.policy,
    earliestDate: rollout.earliest_date,
    latestDate: rollout.latest_date,
    vendorCalendarId: rollout.vendor_calendar_id,
    policyCalendarId: rollout.policy_calendar_id,
    calendars: {
      ...agreed.calendars,
      ...(await readCalendarDocuments(db, [
        rollout.vendor_calendar_id,
        rollout.policy_calendar_id,
        previewCalendar.id,
        ...clients.map(({ calendarId }) => calendarId),
      ])),
    },
    previewCalendarId: previewCalendar.id,
    vendorLimit: rollout.vendor_limit,
    previewLimit: previewLimitOf(rollout.policy, rollout.vendor_limit),
    noteLocales: await readNoteLocales(db, rollout.change_id),
    cohorts: rollout.cohorts,
    clients,
    taken: await readTakenSlots(db, { besides: request.rolloutId, endingAfter: plannedAt }),
  };
  return { kind: 'read', input, policyId: rollout.policy_id, raisedWorstCase: null };
}

interface RolloutRow {
  readonly change_id: ChangeId;
  readonly build_id: BuildId | null;
  readonly policy_id: PolicyId;
  readonly policy: Policy;
  readonly change_kind: 'hotfix' | 'release';
  readonly critical: boolean;
  readonly earliest_date: LocalDate | null;
  readonly latest_date: LocalDate | null;
  readonly vendor_calendar_id: string | null;
  readonly policy_calendar_id: string | null;
  readonly vendor_limit: number;
  readonly cohorts: PlanInput['cohorts'];
}

async function readRollout(
  db: Queryable,
  { rolloutId }: PlanAgainRequest,
): Promise<RolloutRow | null> {
  const rows = await db.rows<RolloutRow>(
    `select
       r.change_id, r.build_id, r.policy_id, r.vendor_calendar_id, r.policy_calendar_id, ch.kind as change_kind,
       p.document || jsonb_strip_nulls(jsonb_build_object('worstCase', r.worst_case)) as policy,
       ch.critical, pl.input ->> 'earliestDate' as earliest_date,
       pl.input ->> 'latestDate' as latest_date, v.max_in_flight as vendor_limit,
       (
         select jsonb_agg(jsonb_build_object('name', c.name, 'maxInFlight', c.max_in_flight) order by c.position)
         from cohort c
         where c.rollout_id = r.id
       ) as cohorts
     from rollout r
     join change ch on ch.id = r.change_id
     join policy p on p.id = r.policy_id
     join plan pl on pl.id = r.plan_id
     join vendor v on v.id = 1
     where r.id = $1`,
    [rolloutId],
  );
  return rows[0] ?? null;
}

interface PartRow {
  readonly client_id: ClientId;
  readonly key: string;
  readonly state: ClientRolloutState;
  readonly cohort_index: number;
  readonly consent: Consent;
  readonly no_answer_rule: NoAnswerRule;
  readonly client_calendar_id: string | null;
  readonly slot_start: Instant | null;
  readonly slot_latest_end: Instant | null;
  readonly agreed_build_id: BuildId | null;
  readonly preview_verified_build_id: BuildId | null;
  readonly pinned_by: 'client' | 'person' | null;
  readonly was_told: boolean;
}

async function readParts(db: Queryable, { rolloutId }: PlanAgainRequest): Promise<PartRow[]> {
  return await db.rows<PartRow>(
    `select
       cr.client_id, cl.key, cr.state, cr.consent, cr.no_answer_rule, cr.client_calendar_id,
       cr.slot_start, cr.slot_latest_end, cr.agreed_build_id, cr.preview_verified_build_id,
       cr.slot_pinned_by as pinned_by,
       exists (
         select 1
         from mail_delivery m
         where m.client_rollout_id = cr.id and m.kind in ('notice', 'moved') and m.bound_to = cr.slot_local_start
           and (m.accepted_at is not null or m.status in ('queued', 'sending', 'unknown', 'needs_human'))
       ) as was_told,
       (select count(*) from cohort c where c.rollout_id = co.rollout_id and c.position < co.position) as cohort_index
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     join cohort co on co.id = cr.cohort_id
     where cr.rollout_id = $1
     order by cr.plan_position`,
    [rolloutId],
  );
}

const movable: readonly ClientRolloutState[] = [
  'planned',
  'previewing',
  'asking',
  'agreed',
  'scheduled',
  'missed',
];

function whoMoves(
  parts: readonly PartRow[],
  { clients }: PlanAgainRequest,
): ReadonlySet<ClientId> | Extract<PlanInputReading, { kind: 'problem' }> {
  if (clients === 'missed') {
    const missed = parts.filter(({ state }) => state === 'missed');
    if (missed.length === 0) {
      return problem('NOBODY_MISSED', 'No client of this rollout has missed its slot.');
    }
    return new Set(missed.map(({ client_id }) => client_id));
  }
  if (clients === 'all') {
    return new Set(
      parts.filter(({ state }) => movable.includes(state)).map(({ client_id }) => client_id),
    );
  }
  const byKey = new Map(parts.map((part) => [part.key, part]));
  const refused = clients.filter((key) => {
    const part = byKey.get(key);
    return part === undefined || !movable.includes(part.state);
  });
  if (refused.length > 0 || clients.length === 0) {
    const reasons = refused.map(
      (key) => `${key} (${byKey.get(key)?.state ?? 'not in this rollout'})`,
    );
    const message = `These clients cannot get another date: ${reasons.join(', ') || 'none was named'}; name clients that have not begun production.`;
    return problem('CLIENT_NOT_MOVABLE', message);
  }
  return new Set(clients.flatMap((key) => byKey.get(key)?.client_id ?? []));
}

type PresentDates = Pick<PlanClient, 'keeps' | 'pinned' | 'current'>;

/**
 * The date a client has, and how firmly. `isFree` = nobody was named, so everybody keeps what can be kept; otherwise
 * whoever was not named stays, whatever its date meets, and whoever was named is placed anew.
 */
function datesOf(
  part: PartRow,
  { moves, isFree }: { readonly moves: boolean; readonly isFree: boolean },
): PresentDates {
  const none: PresentDates = { keeps: null, pinned: null, current: null };
  const slot = presentSlot(part);
  if (slot === null || (moves && !isFree)) return none;
  const { pinned_by: by, was_told: wasTold } = part;
  const pinned = by === null ? null : { ...slot, by };
  if (!moves) return { keeps: { ...slot, why: 'begun' }, pinned, current: null };
  if (wasTold) return { keeps: { ...slot, why: 'told' }, pinned, current: null };
  return pinned === null ? { ...none, current: slot } : { ...none, pinned };
}

/** Null for a part that is over, has missed its date, or has none. */
function presentSlot({ state, slot_start, slot_latest_end }: PartRow): PlanClient['current'] {
  const hasBegun = state === 'deploying' || state === 'verifying';
  const counts = (hasBegun || movable.includes(state)) && state !== 'missed';
  if (!counts || slot_start === null || slot_latest_end === null) return null;
  return { start: slot_start, latestEnd: slot_latest_end };
}

function clientOf(
  row: ClientOfPlan,
  of: {
    readonly part: PartRow;
    readonly agreed: AgreedByClient;
    readonly dates: PresentDates;
    readonly buildId: BuildId | null;
  },
): PlanClient {
  const { part, agreed, dates, buildId } = of;
  const calendarId = part.client_calendar_id;
  return {
    ...row,
    calendarId,
    ...agreed.layersOf({ clientId: row.clientId, calendarId }),
    cohort: part.cohort_index,
    reported: false,
    consent: part.consent,
    noAnswerRule: part.no_answer_rule,
    stage: stageOf(part, buildId),
    ...dates,
  };
}

function stageOf(part: PartRow, buildId: BuildId | null): PlanClient['stage'] {
  if (buildId === null) return 'new';
  if (part.agreed_build_id === buildId) return 'agreed';
  return part.preview_verified_build_id === buildId || part.state === 'asking'
    ? 'on-preview'
    : 'new';
}
