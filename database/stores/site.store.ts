import type { BuildId, ClientId, SiteId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';
import type { SiteKind } from './deployment.store.ts';

/** A site with its client's name and what it is known to run. */
export interface StoredSite {
  readonly id: SiteId;
  readonly kind: SiteKind;
  readonly url: string;
  readonly probe: string;
  readonly clientId: ClientId;
  readonly clientKey: string;
  readonly clientName: string;
  readonly owner: string | null;
  /** The version in the ledger; null = none is known. */
  readonly knownVersion: string | null;
  /** A deployment works on it, so that what it reports may change at any moment. */
  readonly isInWork: boolean;
}

/** Every site, or those of the named clients, by client and kind. */
export async function listSites(
  db: Queryable,
  clientKeys: readonly string[] | null,
): Promise<readonly StoredSite[]> {
  const rows = await db.rows<{
    id: SiteId;
    kind: SiteKind;
    url: string;
    probe: string;
    client_id: ClientId;
    client_key: string;
    client_name: string;
    owner: string | null;
    known_version: string | null;
    is_in_work: boolean;
  }>(
    `select s.id, s.kind, s.url, s.probe, s.client_id, cl.key as client_key, cl.name as client_name, cl.owner,
       b.version as known_version,
       exists (
         select 1 from deployment d
         where d.site_id = s.id
           and (d.state in ('claimed', 'dispatching', 'running') or d.verification = 'pending')
       ) as is_in_work
     from site s
     join client cl on cl.id = s.client_id
     left join build b on b.id = s.build_id
     where $1::text[] is null or cl.key = any($1)
     order by cl.key, s.kind`,
    [clientKeys],
  );
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    url: row.url,
    probe: row.probe,
    clientId: row.client_id,
    clientKey: row.client_key,
    clientName: row.client_name,
    owner: row.owner,
    knownVersion: row.known_version,
    isInWork: row.is_in_work,
  }));
}

/** What a site said of itself; nulls when it could not be read. */
export interface SiteReport {
  readonly siteId: SiteId;
  readonly verdict: string;
  readonly version: string | null;
  readonly digest: string | null;
}

/** Stores what a site said. A version that belongs to a build becomes the one it runs as far as we know. */
export async function storeSiteReport(tx: Transaction, report: SiteReport): Promise<void> {
  await tx.rows(
    `update site as s
     set probe_verdict = $2, reported_at = $3,
         reported_version = coalesce($4, s.reported_version),
         reported_digest = case when $4::text is null then s.reported_digest else $5 end,
         build_id = coalesce((select b.id from build b where b.version = $4), s.build_id)
     where s.id = $1`,
    [report.siteId, report.verdict, await tx.now(), report.version, report.digest],
  );
}

/** The digest of a version's build; null when no build has that version. */
export async function findBuildDigest(
  tx: Transaction,
  version: string,
): Promise<{ readonly digest: string } | null> {
  const [row] = await tx.rows<{ digest: string }>(
    `select b.digest from build b where b.version = $1`,
    [version],
  );
  return row ?? null;
}

/** Makes an unknown version that runs somewhere a baseline; false when it was one by now. */
export async function adoptBaseline(
  tx: Transaction,
  baseline: { readonly version: string; readonly digest: string | null; readonly by: string },
): Promise<boolean> {
  const rows = await tx.rows<{ id: BuildId }>(
    `insert into build
       (id, change_id, version, digest, notes_markdown, issues, baseline, announced_by, announced_at)
     values ($1, null, $2, $3, '', '{}', true, $4, $5)
     on conflict (version) do nothing
     returning id`,
    [newId(), baseline.version, baseline.digest ?? '', baseline.by, await tx.now()],
  );
  if (rows.length === 0) return false;
  tx.record({
    kind: 'build.adopted',
    actor: baseline.by,
    facts: { version: baseline.version, digest: baseline.digest },
  });
  return true;
}
