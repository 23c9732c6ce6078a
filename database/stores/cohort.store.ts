import type { CohortId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { CohortState } from '../../domain/rollout/states.ts';
import type { Transaction } from '../in-transaction.ts';

/** A cohort of a new rollout. */
export interface NewCohort {
  readonly id: CohortId;
  readonly position: number;
  readonly name: string;
  readonly maxInFlight: number | null;
  readonly lastSlotStart: Instant | null;
}

/** Writes the cohorts of a new rollout; all of them wait. */
export async function insertCohorts(
  tx: Transaction,
  rolloutId: RolloutId,
  cohorts: readonly NewCohort[],
): Promise<void> {
  await tx.rows(
    `insert into cohort (id, rollout_id, position, name, state, since, last_slot_start, max_in_flight)
     select c.id, $1, c.position, c.name, 'waiting', $2, c.last_slot_start, c.max_in_flight
     from jsonb_to_recordset($3::jsonb) as c (
       id uuid, position integer, name text, last_slot_start timestamptz, max_in_flight integer)`,
    [
      rolloutId,
      await tx.now(),
      JSON.stringify(
        cohorts.map((cohort) => ({
          id: cohort.id,
          position: cohort.position,
          name: cohort.name,
          last_slot_start: cohort.lastSlotStart,
          max_in_flight: cohort.maxInFlight,
        })),
      ),
    ],
  );
}

/** Locks all cohorts of a rollout in their order; the rollout's row is held already. */
export async function lockCohorts(tx: Transaction, rolloutId: RolloutId): Promise<void> {
  await tx.rows(
    `select c.id
     from cohort c
     where c.rollout_id = $1
     order by c.position
     for no key update`,
    [rolloutId],
  );
}

/** A move of a cohort from one state to the next, with the event that tells it. */
export interface CohortMove {
  readonly rolloutId: RolloutId;
  readonly id: CohortId;
  readonly name: string;
  readonly from: CohortState;
  readonly to: CohortState;
  readonly observeUntil?: Instant;
  readonly because: string;
}

/** Moves a cohort; false = somebody was first. */
export async function moveCohort(tx: Transaction, move: CohortMove): Promise<boolean> {
  const rows = await tx.rows<{ id: string }>(
    `update cohort as c
     set state = $2, since = $3, observe_until = coalesce($4, c.observe_until)
     where c.id = $1 and c.state = $5
     returning c.id`,
    [move.id, move.to, await tx.now(), move.observeUntil ?? null, move.from],
  );
  if (rows.length === 0) return false;
  tx.record({
    kind: `cohort.${move.to}`,
    actor: 'daymark',
    cause: move.because,
    rolloutId: move.rolloutId,
    facts: { cohort: move.name, observeUntil: move.observeUntil ?? null },
  });
  return true;
}

/**
 * After dates moved: a cohort in which nobody would count any more, because everyone left moved past its last
 * slot, moves itself; otherwise the next one would open with nothing verified.
 */
export async function moveEmptiedCohorts(tx: Transaction, rolloutId: RolloutId): Promise<void> {
  await tx.rows(
    `update cohort as c
     set last_slot_start = later.last_slot_start
     from (
       select cr.cohort_id, max(cr.slot_start) as last_slot_start, min(cr.slot_start) as first_slot_start
       from client_rollout cr
       where cr.rollout_id = $1 and cr.state not in ('skipped', 'withdrawn')
       group by cr.cohort_id
     ) later
     where later.cohort_id = c.id and later.first_slot_start > c.last_slot_start`,
    [rolloutId],
  );
}
