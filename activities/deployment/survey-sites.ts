import { inTransaction, type Transaction } from '../../database/in-transaction.ts';
import { raiseAttention } from '../../database/stores/attention.store.ts';
import {
  adoptBaseline,
  findBuildDigest,
  listSites,
  storeSiteReport,
  type StoredSite,
} from '../../database/stores/site.store.ts';
import type { SiteReading } from '../../domain/rollout/judge-site-reading.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { parseProbe } from './site-probe.ts';

/** What the survey needs of the deployment's dependencies. */
export type SurveyDependencies = Pick<DeployDependencies, 'database' | 'probe'>;

/** What one site said of itself. */
export interface SurveyedSite {
  readonly client: string;
  readonly site: 'preview' | 'production';
  readonly url: string;
  /** `read`, `unhealthy`, or why it could not be read. */
  readonly verdict: string;
  readonly version: string | null;
  readonly digest: string | null;
  /** The version was unknown and is a baseline from now on. */
  readonly adopted: boolean;
  /** It runs something else than we knew. */
  readonly drift: boolean;
  readonly detail: string;
}

const atOnce = 8;

/**
 * Reads which build every site runs, or those of the named clients, and stores it. An unknown version is adopted as
 * a baseline; what differs from the ledger is reported, except where a deployment is at work.
 */
export async function surveySites(
  deps: SurveyDependencies,
  survey: { readonly clientKeys?: readonly string[]; readonly by: string },
): Promise<readonly SurveyedSite[]> {
  const sites = await listSites(deps.database.pool, survey.clientKeys ?? null);
  const surveyed = new Map<string, SurveyedSite>();
  const waiting = [...sites];
  const work = async (): Promise<void> => {
    for (let site = waiting.shift(); site !== undefined; site = waiting.shift()) {
      surveyed.set(site.id, await surveySite(deps, site, survey.by));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, sites.length) }, work));
  return sites.flatMap(({ id }) => surveyed.get(id) ?? []);
}

async function surveySite(
  deps: SurveyDependencies,
  site: StoredSite,
  by: string,
): Promise<SurveyedSite> {
  const seen = { client: site.clientKey, site: site.kind, url: site.url };
  const nothing = { version: null, digest: null, adopted: false, drift: false };
  const reading = await readSite(deps, site);
  if (typeof reading === 'string') {
    return { ...seen, ...nothing, verdict: 'unparsable', detail: reading };
  }
  if (reading.kind === 'unread') {
    await inTransaction(deps.database, (tx) =>
      storeSiteReport(tx, { siteId: site.id, verdict: reading.problem, ...nothing }),
    );
    return { ...seen, ...nothing, verdict: reading.problem, detail: reading.detail };
  }
  const { version, digest } = reading;
  const verdict = reading.healthy ? 'read' : 'unhealthy';
  const noted = await inTransaction(deps.database, (tx) =>
    noteReading(tx, { site, version, digest, verdict, by }),
  );
  return { ...seen, version, digest, verdict, ...noted };
}

async function readSite(
  { probe }: SurveyDependencies,
  site: StoredSite,
): Promise<SiteReading | string> {
  try {
    return await probe.read(parseProbe(site));
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}

async function noteReading(
  tx: Transaction,
  read: {
    readonly site: StoredSite;
    readonly version: string;
    readonly digest: string | null;
    readonly verdict: string;
    readonly by: string;
  },
): Promise<Pick<SurveyedSite, 'adopted' | 'drift' | 'detail'>> {
  const { site, version, digest, verdict, by } = read;
  const adopted = await adoptBaseline(tx, { version, digest, by });
  const build = await findBuildDigest(tx, version);
  await storeSiteReport(tx, { siteId: site.id, verdict, version, digest });
  const difference = differenceOf(read, adopted ? null : (build?.digest ?? null));
  if (difference !== null) await reportDrift(tx, site, difference);
  return {
    adopted,
    drift: difference !== null,
    detail: difference ?? (adopted ? `${version} is a baseline from now on` : `runs ${version}`),
  };
}

/** What it runs beside what we knew; null when they agree, or when nobody knew anything. */
function differenceOf(
  read: { readonly site: StoredSite; readonly version: string; readonly digest: string | null },
  knownDigest: string | null,
): string | null {
  const { site, version, digest } = read;
  if (site.isInWork) return null;
  if (site.knownVersion !== null && site.knownVersion !== version) {
    return `runs ${version}; the ledger says ${site.knownVersion}`;
  }
  const differs = digest !== null && (knownDigest ?? '') !== '' && digest !== knownDigest;
  return differs ? `runs a ${version} whose digest is not that of the build` : null;
}

async function reportDrift(tx: Transaction, site: StoredSite, difference: string): Promise<void> {
  await raiseAttention(tx, {
    dedupeKey: `drift:${site.id}`,
    kind: 'drift',
    text: `The ${site.kind} site of ${site.clientName} ${difference}. Somebody changed it without Daymark.`,
    actions: [],
    clientId: site.clientId,
    subjectId: site.id,
    owner: site.owner,
  });
}
