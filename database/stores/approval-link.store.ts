import type { ClientRolloutId, ContactId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Locale } from '../../domain/communication/locales.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** Whose link: it leads this contact to the present question of this client rollout. */
export interface LinkScope {
  readonly clientRolloutId: ClientRolloutId;
  readonly contactId: ContactId;
}

/** One issue of a link; its secret can be made again from these, and is never stored. */
export interface LinkIssue extends LinkScope {
  readonly issueNumber: number;
  readonly tokenHash: string;
}

/** Stores a new issue of a link by the hash of its secret. */
export async function insertLink(
  tx: Transaction,
  link: LinkIssue & { readonly expiresAt: Instant },
): Promise<void> {
  await tx.rows(
    `insert into approval_link
       (id, client_rollout_id, contact_id, issue_number, token_hash, expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      newId(),
      link.clientRolloutId,
      link.contactId,
      link.issueNumber,
      link.tokenHash,
      link.expiresAt,
      await tx.now(),
    ],
  );
}

/** The latest issue of a link, revoked or not; null = none was made. */
export async function readLatestLink(
  db: Queryable,
  scope: LinkScope,
): Promise<(LinkIssue & { readonly isRevoked: boolean }) | null> {
  const rows = await db.rows<LinkIssue & { isRevoked: boolean }>(
    `select al.client_rollout_id as "clientRolloutId", al.contact_id as "contactId",
       al.issue_number as "issueNumber", al.token_hash as "tokenHash", al.revoked_at is not null as "isRevoked"
     from approval_link al
     where al.client_rollout_id = $1 and al.contact_id = $2
     order by al.issue_number desc
     limit 1`,
    [scope.clientRolloutId, scope.contactId],
  );
  return rows[0] ?? null;
}

/** The issues that hold now, in the order of the given scopes; null where there is none. */
export async function readCurrentLinks(
  db: Queryable,
  scopes: readonly LinkScope[],
): Promise<readonly (LinkIssue | null)[]> {
  const issues: (LinkIssue | null)[] = [];
  for (const scope of scopes) {
    const latest = await readLatestLink(db, scope);
    issues.push(latest === null || latest.isRevoked ? null : latest);
  }
  return issues;
}

/** Lets a link live at least that long: a newer question stands behind the same one. */
export async function prolongLink(
  tx: Transaction,
  tokenHash: string,
  expiresAt: Instant,
): Promise<void> {
  await tx.rows(
    `update approval_link as al
     set expires_at = greatest(al.expires_at, $2)
     where al.token_hash = $1`,
    [tokenHash, expiresAt],
  );
}

/** Ends every issue of a link that still holds; answers whether there was one. */
export async function revokeLinks(
  tx: Transaction,
  scope: LinkScope,
  told: { readonly actor: string; readonly reason: string },
): Promise<boolean> {
  const rows = await tx.rows<{ issue_number: number }>(
    `update approval_link as al
     set revoked_at = $3
     where al.client_rollout_id = $1 and al.contact_id = $2 and al.revoked_at is null
     returning al.issue_number`,
    [scope.clientRolloutId, scope.contactId, await tx.now()],
  );
  if (rows.length === 0) return false;
  tx.record({
    kind: 'approval-link.revoked',
    actor: told.actor,
    cause: told.reason,
    clientRolloutId: scope.clientRolloutId,
    facts: { contact: scope.contactId, issues: rows.map((row) => row.issue_number) },
  });
  return true;
}

/** A link found by the hash of its secret. */
export interface FoundLink extends LinkScope {
  readonly linkId: string;
  readonly locale: Locale;
  readonly expiresAt: Instant;
  readonly isRevoked: boolean;
}

/** Finds a link by the hash of its secret. */
export async function findLink(db: Queryable, tokenHash: string): Promise<FoundLink | null> {
  const rows = await db.rows<FoundLink>(
    `select al.id as "linkId", al.client_rollout_id as "clientRolloutId", al.contact_id as "contactId",
       c.locale, al.expires_at as "expiresAt", al.revoked_at is not null as "isRevoked"
     from approval_link al
     join contact c on c.id = al.contact_id
     where al.token_hash = $1`,
    [tokenHash],
  );
  return rows[0] ?? null;
}
