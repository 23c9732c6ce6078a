import type { ClientId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PlanClient, PlanInput, TakenSlot } from '../../domain/rollout/plan-input.ts';
import type { Queryable } from '../pool.ts';

/** Which clients are read: by any of the fields when they are active, or whoever takes part in a rollout. */
export interface PlanClientsQuery {
  readonly all?: boolean;
  readonly keys?: readonly string[];
  readonly tags?: readonly string[];
  readonly clientIds?: readonly ClientId[];
  readonly rolloutId?: RolloutId;
}

/** What a plan needs to know of a client whatever the rollout. */
export type ClientOfPlan = Omit<
  PlanClient,
  | 'cohort'
  | 'reported'
  | 'consent'
  | 'noAnswerRule'
  | 'stage'
  | 'keeps'
  | 'pinned'
  | 'current'
  | 'layers'
  | 'agreedLead'
>;

/** One client as it is read, with what keeps it from being planned. */
export interface PlanClientRow {
  readonly client: ClientOfPlan;
  /** The name of a calendar that was never saved; nothing may be planned by it. */
  readonly missingCalendar: string | null;
  readonly hasSites: boolean;
}

/** Reads clients in the order of their keys. */
export async function readPlanClients(
  db: Queryable,
  query: PlanClientsQuery,
): Promise<readonly PlanClientRow[]> {
  const rows = await db.rows<ClientRow>(selectPlanClients, [
    query.all ?? false,
    query.keys ?? [],
    query.tags ?? [],
    query.clientIds ?? [],
    query.rolloutId ?? null,
  ]);
  return rows.map((row) => clientOf(row)).sort((a, b) => (a.client.key < b.client.key ? -1 : 1));
}

/** What other rollouts have planned or begun and not ended yet. */
export async function readTakenSlots(
  db: Queryable,
  of: { readonly besides: RolloutId | null; readonly endingAfter: Instant },
): Promise<readonly TakenSlot[]> {
  return await db.rows<TakenSlot>(
    `select
       cr.client_id as "clientId", s.deployer_name as deployer, cr.slot_start as start,
       cr.slot_start + coalesce(r.worst_case, p.document ->> 'worstCase')::interval as end
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     join policy p on p.id = r.policy_id
     join site s on s.client_id = cr.client_id and s.kind = 'production'
     where r.state in ('running', 'paused') and r.id is distinct from $1
       and cr.state in ('planned', 'previewing', 'asking', 'agreed', 'scheduled', 'deploying', 'verifying')
       and cr.slot_start + coalesce(r.worst_case, p.document ->> 'worstCase')::interval > $2
     order by cr.slot_start, cr.client_id`,
    [of.besides, of.endingAfter],
  );
}

/** The documents of calendar revisions by id. */
export async function readCalendarDocuments(
  db: Queryable,
  ids: readonly (string | null)[],
): Promise<PlanInput['calendars']> {
  const rows = await db.rows<{ id: string; document: unknown }>(
    `select c.id, c.document
     from calendar c
     where c.id = any($1)
     order by c.id`,
    [[...new Set(ids.filter((id) => id !== null))]],
  );
  return Object.fromEntries(rows.map((row) => [row.id, row.document]));
}

const selectPlanClients = `
  select
    cl.id, cl.key, cl.name, cl.zone, cl.locale, cl.tags, cl.calendar_name, own.id as calendar_id,
    coalesce(production.deployer_name, '') as deployer_name,
    coalesce(d.max_in_flight, 1) as deployer_limit, preview.deployer_name as preview_deployer_name,
    coalesce(preview_d.max_in_flight, 1) as preview_deployer_limit, reach.approvers, reach.informed,
    silence.silent_times,
    preview.id is not null and production.id is not null as has_sites
  from client cl
  left join site preview on preview.client_id = cl.id and preview.kind = 'preview'
  left join site production on production.client_id = cl.id and production.kind = 'production'
  left join deployer d on d.name = production.deployer_name
  left join deployer preview_d on preview_d.name = preview.deployer_name
  left join lateral (
    select c.id
    from calendar c
    where c.name = cl.calendar_name
    order by c.revision desc
    limit 1
  ) own on true
  cross join lateral (
    select
      count(*) filter (where 'approver' = any(ct.roles)) as approvers,
      count(*) filter (where 'informed' = any(ct.roles)) as informed
    from contact ct
    where ct.client_id = cl.id and ct.unreachable_reason is null
  ) reach
  cross join lateral (
    select count(*) filter (where run.is_silent) as silent_times
    from (
      select bool_and(ar.state = 'no-answer' or ar.decided_way = 'rule')
        over (order by ar.decided_at desc, ar.id) as is_silent
      from approval_round ar
      join client_rollout cr on cr.id = ar.client_rollout_id
      where cr.client_id = cl.id and ar.consent = 'approve' and ar.state in ('approved', 'rejected', 'no-answer')
      order by ar.decided_at desc, ar.id
      limit 3
    ) run
  ) silence
  where case
    when $5::uuid is not null
      then cl.id in (select cr.client_id from client_rollout cr where cr.rollout_id = $5)
    else cl.state = 'active'
      and ($1::boolean or cl.key = any($2::text[]) or cl.tags && $3::text[] or cl.id = any($4::uuid[]))
  end`;

interface ClientRow {
  readonly id: ClientId;
  readonly key: string;
  readonly name: string;
  readonly zone: string;
  readonly locale: string;
  readonly tags: readonly string[];
  readonly calendar_name: string | null;
  readonly calendar_id: string | null;
  readonly deployer_name: string;
  readonly deployer_limit: number;
  readonly preview_deployer_name: string | null;
  readonly preview_deployer_limit: number;
  readonly approvers: number;
  readonly informed: number;
  readonly silent_times: number;
  readonly has_sites: boolean;
}

function clientOf(row: ClientRow): PlanClientRow {
  return {
    client: {
      clientId: row.id,
      key: row.key,
      name: row.name,
      zone: row.zone,
      locale: row.locale,
      tags: row.tags,
      calendarId: row.calendar_id,
      deployer: row.deployer_name,
      deployerLimit: row.deployer_limit,
      ...previewDeployerOf(row),
      reachableApprovers: row.approvers,
      reachableInformed: row.informed,
      silentTimes: row.silent_times,
    },
    missingCalendar: row.calendar_id === null ? row.calendar_name : null,
    hasSites: row.has_sites,
  };
}

/** Named only where it is another one than production's. */
function previewDeployerOf(row: ClientRow): Pick<PlanClient, 'previewDeployer'> {
  const { preview_deployer_name: name, preview_deployer_limit: limit, deployer_name } = row;
  return name === null || name === deployer_name ? {} : { previewDeployer: { name, limit } };
}
