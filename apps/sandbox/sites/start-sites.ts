import { join } from 'node:path';
import { Refusal } from '../http/exchange.ts';
import {
  openBuildCatalogue,
  type BuildCatalogue,
  type CataloguedBuild,
} from './build-catalogue.ts';
import { baselineVersion } from './builds.ts';
import { sampleFleet, siteKinds, type FleetClient, type SiteKind } from './fleet.ts';
import { openSiteFolder, readSite, type SiteFolder, type SiteReading } from './site-folder.ts';
import type { SiteMode } from './site-mode.ts';
import { startSiteServer, type SiteServer } from './site-server.ts';

/** Where the fleet lives. */
export interface SitesOptions {
  readonly dataDir: string;
  /** One port per site in the order of the fleet, preview before production; left out: free ones. */
  readonly ports?: readonly number[];
  readonly fleet?: readonly FleetClient[];
}

/** Names one site of the fleet. */
export interface SiteName {
  readonly client: string;
  readonly site: SiteKind;
}

/** One site with its address. */
export interface SiteAddress extends SiteName {
  readonly url: string;
  readonly port: number;
  readonly mode: SiteMode;
}

/** The running fleet, and what a deployer or a test may do to it. */
export interface Sites {
  readonly catalogue: BuildCatalogue;
  readonly list: () => readonly SiteAddress[];
  readonly has: (name: SiteName) => boolean;
  /** Version and digest from the site's files, whatever its server is told to answer. */
  readonly read: (name: SiteName) => Promise<SiteReading>;
  /** Puts a build of the catalogue on a site. */
  readonly deploy: (name: SiteName, build: CataloguedBuild) => Promise<void>;
  readonly setMode: (name: SiteName, mode: SiteMode, times?: number) => Promise<void>;
  /** Puts every site back on the first build and lets it behave. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Site extends SiteName {
  readonly folder: SiteFolder;
  readonly server: SiteServer;
}

/** Starts every site of the fleet; a site that never had a build gets the first one. */
export async function startSites(options: SitesOptions): Promise<Sites> {
  const fleet = options.fleet ?? sampleFleet;
  const catalogue = await openBuildCatalogue(join(options.dataDir, 'builds'));
  await layOutFolders(options.dataDir, fleet);
  const sites: Site[] = [];
  try {
    for (const wanted of namesOf(fleet)) {
      const port = options.ports?.[sites.length] ?? 0;
      sites.push(await startSite({ ...wanted, port, catalogue, dataDir: options.dataDir }));
    }
  } catch (error) {
    await closeAll(sites);
    throw error;
  }

  const find = ({ client, site }: SiteName): Site => {
    const found = sites.find((each) => each.client === client && each.site === site);
    if (!found) throw new Refusal(404, 'SITE_UNKNOWN', `no ${site} site of "${client}" is here`);
    return found;
  };
  return {
    catalogue,
    list: () => sites.map(addressOf),
    has: (name) => sites.some((each) => each.client === name.client && each.site === name.site),
    read: async (name) => readSite((await find(name).folder.current()) ?? ''),
    deploy: async (name, build) => {
      const known = catalogue.find(build);
      if (!known) throw new Refusal(404, 'BUILD_UNKNOWN', unknownBuild(catalogue, build));
      await find(name).folder.install(catalogue.folderOf(known.version));
    },
    setMode: async (name, mode, times) => find(name).server.setMode(mode, times),
    reset: async () => {
      await resetSites(options.dataDir, fleet);
      await Promise.all(sites.map(({ server }) => server.setMode({ kind: 'normal' })));
    },
    close: () => closeAll(sites),
  };
}

/** Puts every site below a data folder on the first build; running servers serve it from their next request on. */
export async function resetSites(
  dataDir: string,
  fleet: readonly FleetClient[] = sampleFleet,
): Promise<void> {
  const catalogue = await openBuildCatalogue(join(dataDir, 'builds'));
  for (const { client, kind } of namesOf(fleet)) {
    await folderOf(dataDir, client.key, kind).install(catalogue.folderOf(baselineVersion));
  }
}

/** Says which build is not in the catalogue, and which are. */
export function unknownBuild(catalogue: BuildCatalogue, build: CataloguedBuild): string {
  const known = catalogue.list().map((each) => `${each.version} ${each.digest}`);
  return `no build ${build.version} ${build.digest} is here; known: ${known.join(', ')}`;
}

async function layOutFolders(dataDir: string, fleet: readonly FleetClient[]): Promise<void> {
  const builds = join(dataDir, 'builds');
  for (const { client, kind } of namesOf(fleet)) {
    const folder = folderOf(dataDir, client.key, kind);
    if ((await folder.current()) === null) await folder.install(join(builds, baselineVersion));
  }
}

async function startSite(wanted: {
  readonly client: FleetClient;
  readonly kind: SiteKind;
  readonly port: number;
  readonly catalogue: BuildCatalogue;
  readonly dataDir: string;
}): Promise<Site> {
  const { client, kind, port, catalogue, dataDir } = wanted;
  const folder = folderOf(dataDir, client.key, kind);
  const server = await startSiteServer({ client, kind, port, folder, catalogue });
  return { client: client.key, site: kind, folder, server };
}

function folderOf(dataDir: string, client: string, kind: SiteKind): SiteFolder {
  return openSiteFolder(join(dataDir, 'sites', client, kind));
}

function namesOf(
  fleet: readonly FleetClient[],
): readonly { readonly client: FleetClient; readonly kind: SiteKind }[] {
  return fleet.flatMap((client) => siteKinds.map((kind) => ({ client, kind })));
}

function addressOf({ client, site, server }: Site): SiteAddress {
  const { port } = server;
  return { client, site, port, url: `http://127.0.0.1:${port}`, mode: server.mode() };
}

async function closeAll(sites: readonly Site[]): Promise<void> {
  await Promise.all(sites.map(({ server }) => server.close()));
}
