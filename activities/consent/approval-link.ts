import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { type Database, inSnapshot, type Transaction } from '../../database/in-transaction.ts';
import {
  findLink,
  type FoundLink,
  insertLink,
  type LinkIssue,
  type LinkScope,
  prolongLink,
  readLatestLink,
  revokeLinks,
} from '../../database/stores/approval-link.store.ts';
import { plusMs } from '../../domain/instant.ts';

/** Keys that approval links are made with; the first makes new ones, the others know older ones. */
export type LinkKeys = readonly [Buffer, ...Buffer[]];

const lifetimeMs = 120 * 86_400_000;
const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** Derives the keys from the installation's secret, and from those it had before. */
export function deriveLinkKeys(secret: string, ...previous: readonly string[]): LinkKeys {
  return [derive(secret), ...previous.map(derive)];
}

/**
 * Makes sure the contact has a link to this client rollout, and lets it live on. The same link leads to every later
 * question; only a revoked one is issued anew.
 */
export async function ensureLink(
  tx: Transaction,
  keys: LinkKeys,
  scope: LinkScope,
): Promise<LinkIssue> {
  const latest = await readLatestLink(tx, scope);
  const expiresAt = plusMs(await tx.now(), lifetimeMs);
  if (latest !== null && !latest.isRevoked && tokenOf(keys, latest) !== null) {
    await prolongLink(tx, latest.tokenHash, expiresAt);
    return latest;
  }
  const [key] = keys;
  const issueNumber = (latest?.issueNumber ?? 0) + 1;
  const tokenHash = hashOf(makeToken(key, { ...scope, issueNumber }));
  await insertLink(tx, { ...scope, issueNumber, tokenHash, expiresAt });
  return { ...scope, issueNumber, tokenHash };
}

/** Gives the contact another link and ends the one before: its contact changed, or somebody else may have it. */
export async function reissueLink(
  tx: Transaction,
  keys: LinkKeys,
  scope: LinkScope,
  told: { readonly actor: string; readonly reason: string },
): Promise<LinkIssue> {
  await revokeLinks(tx, scope, told);
  return await ensureLink(tx, keys, scope);
}

/**
 * The address of a link, for the moment in which its mail leaves.
 * @throws Error when no key of ours has made it.
 */
export function approvalUrl(keys: LinkKeys, baseUrl: string, issue: LinkIssue): string {
  const token = tokenOf(keys, issue);
  if (token === null) throw new Error('The link was made with a secret that is not known any more');
  return `${baseUrl.replace(/\/+$/, '')}/a/${token}`;
}

/** What a link that somebody opened leads to. */
export type ResolvedLink =
  | { readonly kind: 'unknown' }
  | ({ readonly kind: 'revoked' | 'expired' | 'live' } & Pick<
      FoundLink,
      'linkId' | 'clientRolloutId' | 'contactId' | 'locale'
    >);

/** Finds out what an opened link stands for; writes nothing, however often. */
export async function resolveLink(database: Database, token: string): Promise<ResolvedLink> {
  if (!tokenForm.test(token)) return { kind: 'unknown' };
  return await inSnapshot(database, async (db, now) => {
    const found = await findLink(db, hashOf(token));
    if (found === null) return { kind: 'unknown' };
    const { linkId, clientRolloutId, contactId, locale } = found;
    const about = { linkId, clientRolloutId, contactId, locale };
    if (found.isRevoked) return { kind: 'revoked', ...about };
    return { kind: found.expiresAt <= now ? 'expired' : 'live', ...about };
  });
}

/** The secret of an issue, if one of our keys has made it. */
function tokenOf(keys: LinkKeys, issue: LinkIssue): string | null {
  const tokens = keys.map((key) => makeToken(key, issue));
  return tokens.find((token) => hashOf(token) === issue.tokenHash) ?? null;
}

function makeToken(
  key: Buffer,
  { clientRolloutId, contactId, issueNumber }: Omit<LinkIssue, 'tokenHash'>,
): string {
  return createHmac('sha256', key)
    .update(`${clientRolloutId} ${contactId} ${issueNumber}`)
    .digest('base64url');
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function derive(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'daymark approval link v1', 32));
}
