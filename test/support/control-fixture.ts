import { inTransaction } from '../../database/in-transaction.ts';
import type { TestStorage } from './fixtures.ts';
import type { TestRollout } from './rollout-fixture.ts';

/** Pauses a rollout under its lock, as a person does. */
export async function pauseRollout(
  { database }: TestStorage,
  { rolloutId }: Pick<TestRollout, 'rolloutId'>,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    await tx.rows(
      `update rollout as r
       set state = 'paused', state_reason = 'paused by a test'
       where r.id = $1`,
      [rolloutId],
    );
  });
}
