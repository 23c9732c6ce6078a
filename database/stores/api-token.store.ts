import type { Instant } from '../../domain/instant.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** What a program may do, without the token itself. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly role: 'pm' | 'support' | 'admin' | 'ci';
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
}

/** Keeps the hash of a new token. */
export async function addToken(
  tx: Transaction,
  token: Pick<ApiToken, 'name' | 'role'> & { readonly tokenHash: string; readonly actor: string },
): Promise<string> {
  const id = newId();
  await tx.rows(
    `insert into api_token (id, name, token_hash, role, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, token.name, token.tokenHash, token.role, token.actor, await tx.now()],
  );
  tx.record({
    kind: 'token.added',
    actor: token.actor,
    facts: { tokenId: id, name: token.name, role: token.role },
  });
  return id;
}

/** Ends a token; null when there is none. */
export async function revokeToken(
  tx: Transaction,
  order: { readonly id: string; readonly actor: string },
): Promise<ApiToken | null> {
  const rows = await tx.rows<TokenRow>(
    `update api_token as t
     set revoked_at = coalesce(t.revoked_at, $2)
     where t.id = $1
     returning t.id, t.name, t.role, t.created_by, t.created_at, t.revoked_at, t.last_used_at`,
    [order.id, await tx.now()],
  );
  const [row] = rows;
  if (!row) return null;
  tx.record({
    kind: 'token.revoked',
    actor: order.actor,
    facts: { tokenId: row.id, name: row.name },
  });
  return tokenOf(row);
}

/** Every token there is or was, newest first. */
export async function listTokens(db: Queryable): Promise<readonly ApiToken[]> {
  const rows = await db.rows<TokenRow>(
    `select t.id, t.name, t.role, t.created_by, t.created_at, t.revoked_at, t.last_used_at
     from api_token t
     order by t.created_at desc, t.id`,
  );
  return rows.map((row) => tokenOf(row));
}

/** Whose token it is; null when it is unknown or revoked. Its use is noted at most once a minute. */
export async function findToken(db: Queryable, tokenHash: string): Promise<ApiToken | null> {
  const rows = await db.rows<TokenRow>(
    `select t.id, t.name, t.role, t.created_by, t.created_at, t.revoked_at, t.last_used_at
     from api_token t
     where t.token_hash = $1 and t.revoked_at is null`,
    [tokenHash],
  );
  const [row] = rows;
  if (!row) return null;
  await db.rows(
    `update api_token as t
     set last_used_at = clock_timestamp()
     where t.id = $1 and (t.last_used_at is null or t.last_used_at < clock_timestamp() - interval '1 minute')`,
    [row.id],
  );
  return tokenOf(row);
}

interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly role: ApiToken['role'];
  readonly created_by: string;
  readonly created_at: Instant;
  readonly revoked_at: Instant | null;
  readonly last_used_at: Instant | null;
}

function tokenOf(row: TokenRow): ApiToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdBy: row.created_by,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}
