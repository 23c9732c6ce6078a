import type { Transaction } from '../in-transaction.ts';
import type { Queryable } from '../pool.ts';

/** Whoever waits for new events listens here; it says that there are some, not which. */
export const eventsChannel = 'daymark_events';

const batchSize = 500;

/** Whether some committed event has no position yet. */
export async function hasUnnumberedEvents(db: Queryable): Promise<boolean> {
  const rows = await db.rows<{ id: string }>(
    `select e.id from event e where e.position is null limit 1`,
  );
  return rows.length === 1;
}

/**
 * Gives committed events their positions and says so once; answers how many. A reader by position misses none:
 * positions become visible together, in order and without gaps, whatever order the writers commit in.
 */
export async function numberEvents(tx: Transaction): Promise<number> {
  // Locked by a statement of its own, so that the next one sees what the holder before us numbered.
  const [sequence] = await tx.rows<{ position: number }>(
    `select s.position from event_sequence s where s.id = 1 for update`,
  );
  if (!sequence) throw new Error('The event sequence has lost its row');
  const numbered = await tx.rows<{ position: number }>(
    `with next as (
       select e.id, row_number() over (order by e.at, e.id) as place
       from (
         select e.id, e.at from event e where e.position is null order by e.at, e.id limit $2
       ) as e
     )
     update event as e
     set position = $1 + next.place
     from next
     where e.id = next.id
     returning e.position`,
    [sequence.position, batchSize],
  );
  if (numbered.length === 0) return 0;
  await tx.rows(
    `with moved as (
       update event_sequence as s set position = s.position + $1 where s.id = 1 returning s.position
     )
     select pg_notify($2, moved.position::text) from moved`,
    [numbered.length, eventsChannel],
  );
  return numbered.length;
}
