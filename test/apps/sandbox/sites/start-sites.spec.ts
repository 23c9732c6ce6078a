import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sandboxBuilds } from '../../../../apps/sandbox/sites/builds.ts';
import { fleetOf, sampleFleet } from '../../../../apps/sandbox/sites/fleet.ts';
import {
  resetSites,
  startSites,
  type Sites,
  type SiteName,
} from '../../../../apps/sandbox/sites/start-sites.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const [older, newer] = await sandboxBuilds();
const first: SiteName = { client: 'client-001', site: 'production' };
const other: SiteName = { client: 'client-002', site: 'preview' };
let sites: Sites;
let dataDir: string;
let tests = 0;

beforeEach(async () => {
  tests += 1;
  dataDir = join(folder(), String(tests));
  sites = await startSites({ dataDir, fleet: fleetOf(2) });
});
afterEach(() => sites.close());

function addressOf(name: SiteName): string {
  return sites.list().find((each) => each.client === name.client && each.site === name.site)!.url;
}

async function versionOf(name: SiteName): Promise<unknown> {
  const response = await fetch(`${addressOf(name)}/version.json`);
  return response.json();
}

const reading = ({ version, digest }: { version: string; digest: string }) => ({ version, digest });

it('starts every site on the first build, as its files on disk say', async () => {
  const readings = await Promise.all(sites.list().map(versionOf));

  expect(readings).toEqual(Array.from({ length: 4 }, () => reading(older!)));
});

it('serves the page and the library of the installed version', async () => {
  await sites.deploy(first, newer!);

  const page = await (await fetch(addressOf(first))).text();
  const library = await (await fetch(`${addressOf(first)}/leaflet.js`)).text();
  const image = await fetch(`${addressOf(first)}/images/layers.png`);
  const untouched = await (await fetch(`${addressOf(other)}/leaflet.js`)).text();

  expect(page).toContain('<script src="leaflet.js">');
  expect(library).toContain('Leaflet 1.9.4');
  expect(untouched).toContain('Leaflet 1.9.3');
  expect(image.headers.get('content-type')).toBe('image/png');
});

it('introduces the client outside of the release, so that one build has one digest everywhere', async () => {
  await sites.deploy(first, newer!);
  await sites.deploy(other, newer!);

  const site = await (await fetch(`${addressOf(first)}/site.json`)).json();

  expect(site).toMatchObject({ client: 'client-001', kind: 'production', name: 'Client 001' });
  expect(await versionOf(first)).toEqual(reading(newer!));
  expect(await versionOf(other)).toEqual(reading(newer!));
});

it('never answers with half a build while it is swapped', async () => {
  const seen = new Set<string>();
  const swapping = new AbortController();

  const reader = (async () => {
    while (!swapping.signal.aborted) seen.add(JSON.stringify(await versionOf(first)));
  })();
  for (const build of [newer!, older!, newer!, older!, newer!]) await sites.deploy(first, build);
  swapping.abort();
  await reader;

  const allowed = [reading(older!), reading(newer!)].map((each) => JSON.stringify(each));
  expect([...seen].filter((each) => !allowed.includes(each))).toEqual([]);
  const kept = await readdir(join(dataDir, 'sites', 'client-001', 'production', 'releases'));
  expect(kept.length).toBeLessThanOrEqual(3);
});

it('keeps what was installed over a restart', async () => {
  await sites.deploy(first, newer!);
  await sites.close();

  sites = await startSites({ dataDir, fleet: fleetOf(2) });

  expect(await versionOf(first)).toEqual(reading(newer!));
  expect(await versionOf(other)).toEqual(reading(older!));
});

it('refuses a build whose digest it does not have', async () => {
  const forged = { version: '1.9.4', digest: older!.digest };

  await expect(sites.deploy(first, forged)).rejects.toThrow('no build 1.9.4');
});

it('takes a further build under another version and keeps it over a restart', async () => {
  const added = await sites.catalogue.add({ version: '1.9.5', leaflet: '1.9.4' });
  await sites.close();

  sites = await startSites({ dataDir, fleet: fleetOf(2) });
  await sites.deploy(first, added);

  expect(await versionOf(first)).toEqual(added);
});

it('is put back on the first build as a whole, from another process as well', async () => {
  await sites.deploy(first, newer!);

  await resetSites(dataDir, fleetOf(2));

  expect(await versionOf(first)).toEqual(reading(older!));
});

it.each([
  '/../../builds/1.9.3/release.json',
  '/%2e%2e/current',
  '/images/../../current',
  '/nothing',
])('has nothing at %s', async (path) => {
  const response = await fetch(`${addressOf(first)}${path}`);

  expect(response.status).toBe(404);
});

describe('a site that misbehaves', () => {
  it('serves an old version while its files are new', async () => {
    await sites.deploy(first, newer!);

    await sites.setMode(first, { kind: 'old-version', version: '1.9.3' });

    expect(await versionOf(first)).toEqual(reading(older!));
    expect(await sites.read(first)).toEqual(reading(newer!));
  });

  it('recovers after the given number of requests', async () => {
    await sites.setMode(first, { kind: 'error', status: 503 }, 2);

    const statuses = [];
    for (let times = 0; times < 3; times += 1) {
      statuses.push((await fetch(`${addressOf(first)}/version.json`)).status);
    }

    expect(statuses).toEqual([503, 503, 200]);
  });

  it('redirects', async () => {
    await sites.setMode(first, { kind: 'redirect', location: 'http://10.0.0.1/', status: 307 });

    const response = await fetch(addressOf(first), { redirect: 'manual' });

    expect([response.status, response.headers.get('location')]).toEqual([307, 'http://10.0.0.1/']);
  });

  it('sends as many megabytes as it is told', async () => {
    await sites.setMode(first, { kind: 'huge', megabytes: 3 });

    const body = await (await fetch(addressOf(first))).arrayBuffer();

    expect(body.byteLength).toBeGreaterThan(3 * 1024 * 1024);
  });

  it('trickles without an end', async () => {
    await sites.setMode(first, { kind: 'trickle', everyMs: 5 });
    const response = await fetch(addressOf(first));
    const reader = response.body!.getReader();

    let received = '';
    while (received.length < 40) {
      const { value, done } = await reader.read();
      expect(done).toBe(false);
      received += Buffer.from(value).toString();
    }
    await reader.cancel();

    expect(received).toMatch(/^\{"version":"a+$/);
  });

  it('refuses connections while it is down, and comes back on its port', async () => {
    await sites.setMode(first, { kind: 'down' });

    await expect(fetch(addressOf(first))).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
    await sites.setMode(first, { kind: 'normal' });
    expect((await fetch(`${addressOf(first)}/healthz`)).status).toBe(200);
  });

  it('behaves again after a reset', async () => {
    await sites.setMode(first, { kind: 'down' });
    await sites.setMode(other, { kind: 'error', status: 500 });

    await sites.reset();

    expect(await versionOf(first)).toEqual(reading(older!));
    expect(await versionOf(other)).toEqual(reading(older!));
  });
});

it('has a port for each of the two sites of twelve sample clients', () => {
  expect(new Set(sampleFleet.map(({ key }) => key)).size).toBe(12);
});
