import type { ClientId, ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';

/** Notes whether only a missing place keeps a client from starting, so that freed places find it in plan order. */
export async function registerForPlace(
  tx: Transaction,
  id: ClientRolloutId,
  waits: boolean,
): Promise<void> {
  await tx.rows(
    `update client_rollout as cr
     set waiting_for_place = $2
     where cr.id = $1 and cr.waiting_for_place <> $2`,
    [id, waits],
  );
}

/** A client rollout whose loop is to be woken. */
export interface Waiting {
  readonly rolloutId: RolloutId;
  readonly clientId: ClientId;
  readonly planOrder: number;
}

interface WaitingRow {
  readonly rollout_id: RolloutId;
  readonly client_id: ClientId;
  readonly plan_position: number;
}

/**
 * The clients that freed places are for: of each limit the first *free + 2* in plan order, so that one that is held
 * up by something else does not leave a place empty. Each claims for itself.
 */
export async function nextForPlaces(tx: Transaction): Promise<readonly Waiting[]> {
  // Mostly nobody waits, and then the ranking is not worth its while.
  const anybody = await tx.rows<{ id: ClientRolloutId }>(
    `select cr.id from client_rollout cr where cr.waiting_for_place limit 1`,
  );
  if (anybody.length === 0) return [];
  const rows = await tx.rows<WaitingRow>(selectNextForPlaces);
  return rows.map(waitingOf);
}

/** The same client's parts of other rollouts: what they wait for may have ended with this one's deployment. */
export async function otherPartsOf(
  tx: Transaction,
  part: { readonly clientRolloutId: ClientRolloutId; readonly clientId: ClientId },
): Promise<readonly Waiting[]> {
  const rows = await tx.rows<WaitingRow>(
    `select cr.rollout_id, cr.client_id, cr.plan_position
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     where cr.client_id = $1 and cr.id <> $2 and r.state = 'running'
       and cr.state in ('planned', 'previewing', 'scheduled')`,
    [part.clientId, part.clientRolloutId],
  );
  return rows.map(waitingOf);
}

function waitingOf(row: WaitingRow): Waiting {
  return { rolloutId: row.rollout_id, clientId: row.client_id, planOrder: row.plan_position };
}

// Each limit ranks only those whom the narrower limits let through, so that a full cohort does not stand before an
// open one. Previews are limited by their deployer alone.
const selectNextForPlaces = `
  with flying as (
    select d.rollout_id, d.cohort_id, d.deployer_id, d.site_kind
    from deployment d
    where d.state in ('claimed', 'dispatching', 'running')
  ), waiting as (
    select cr.id, cr.rollout_id, cr.client_id, cr.cohort_id, cr.plan_position, cr.slot_start,
      dp.id as deployer_id, cr.state = 'scheduled' as for_production,
      case when cr.state = 'scheduled' then
        coalesce(co.max_in_flight, (p.document ->> 'maxInFlight')::integer)
        - (select count(*) from flying f where f.cohort_id = cr.cohort_id and f.site_kind = 'production')
      end as cohort_free,
      case when cr.state = 'scheduled' then
        (p.document ->> 'maxInFlight')::integer
        - (select count(*) from flying f where f.rollout_id = cr.rollout_id and f.site_kind = 'production')
      end as rollout_free,
      dp.max_in_flight - (select count(*) from flying f where f.deployer_id = dp.id) as deployer_free,
      case when cr.state = 'scheduled' then
        v.max_in_flight - (select count(*) from flying f where f.site_kind = 'production')
      end as vendor_free
    from client_rollout cr
    join cohort co on co.id = cr.cohort_id
    join rollout r on r.id = cr.rollout_id
    join policy p on p.id = r.policy_id
    join site s on s.client_id = cr.client_id
      and s.kind = case when cr.state = 'scheduled' then 'production' else 'preview' end
    join deployer dp on dp.name = s.deployer_name and dp.disabled_reason is null
    join vendor v on v.id = 1
    where cr.waiting_for_place and r.state = 'running' and cr.state in ('planned', 'previewing', 'scheduled')
  ), of_cohort as (
    select w.*, row_number() over (
      partition by w.cohort_id, w.for_production order by w.slot_start, w.plan_position) as place
    from waiting w
  ), of_rollout as (
    select o.*, row_number() over (
      partition by o.rollout_id, o.for_production order by o.slot_start, o.plan_position) as rollout_place
    from of_cohort o
    where not o.for_production or o.cohort_free > 0 and o.place <= o.cohort_free + 2
  ), of_deployer as (
    select o.*, row_number() over (
      partition by o.deployer_id order by o.slot_start, o.plan_position) as deployer_place
    from of_rollout o
    where not o.for_production or o.rollout_free > 0 and o.rollout_place <= o.rollout_free + 2
  ), of_vendor as (
    select o.*, row_number() over (
      partition by o.for_production order by o.slot_start, o.plan_position) as vendor_place
    from of_deployer o
    where o.deployer_free > 0 and o.deployer_place <= o.deployer_free + 2
  )
  select o.rollout_id, o.client_id, o.plan_position
  from of_vendor o
  where not o.for_production or o.vendor_free > 0 and o.vendor_place <= o.vendor_free + 2
  order by o.slot_start, o.plan_position`;
