import { createHash } from 'node:crypto';
import { inTransaction, type Database } from '../../../database/in-transaction.ts';
import { keepInstallationToken } from '../../../database/stores/installation-token.store.ts';

/** Makes this installation's own token known to the API; only its hash is stored. */
export async function keepOwnToken(database: Database, token: string): Promise<void> {
  const tokenHash = createHash('sha256').update(token).digest('hex');
  await inTransaction(database, (tx) =>
    keepInstallationToken(tx, { name: 'standalone', tokenHash, actor: 'standalone' }),
  );
}
