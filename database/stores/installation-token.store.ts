import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';

/** The token by which a machine's own command line signs in. */
export interface InstallationToken {
  readonly name: string;
  readonly tokenHash: string;
  readonly actor: string;
}

/** Makes sure that the token is known as an administrator's. A revoked one stays revoked. */
export async function keepInstallationToken(
  tx: Transaction,
  { name, tokenHash, actor }: InstallationToken,
): Promise<void> {
  const added = await tx.rows<{ id: string }>(
    `insert into api_token as t
       (id, name, token_hash, role, created_by, created_at, revoked_at, last_used_at)
     values ($1, $2, $3, 'admin', $4, $5, null, null)
     on conflict (token_hash) do nothing
     returning t.id`,
    [newId(), name, tokenHash, actor, await tx.now()],
  );
  const [row] = added;
  if (row) {
    tx.record({ kind: 'token.added', actor, facts: { tokenId: row.id, name, role: 'admin' } });
  }
}
