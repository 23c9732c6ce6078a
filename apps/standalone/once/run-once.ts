import { z } from 'zod';
import { baselineVersion, sandboxBuilds } from '../../sandbox/sites/builds.ts';
import { sampleFleet } from '../../sandbox/sites/fleet.ts';
import type { Addresses } from '../addresses.ts';
import { openApi, type Api } from '../demo/api-client.ts';
import { prepareDemo, surveySites } from '../demo/prepare-demo.ts';
import { openSandboxClient, type SandboxClient } from '../demo/sandbox-client.ts';
import { startDemoRollout, type DemoBuild } from '../demo/start-demo-rollout.ts';
import type { Progress } from '../display/progress.ts';
import type { Installation } from '../program-settings.ts';
import { watchRollout, type Ending } from './play-once.ts';
import { isComplete, summarise, type OnceSummary } from './summary.ts';

const withinMs = 10 * 60_000;
const rolloutList = z.object({
  items: z.array(z.object({ id: z.string(), change: z.string(), state: z.string() })),
});
const anything = z.unknown();

/** A rollout to be played to its end without a person. */
export interface Once {
  readonly installation: Installation;
  readonly addresses: Addresses;
  readonly progress: Progress;
}

/** How a played rollout went. */
export interface Played {
  readonly summary: OnceSummary;
  readonly isDone: boolean;
}

/** Plays a new demo rollout to its end and tells how it went. It is done only when every client is verified. */
export async function runOnce(once: Once): Promise<Played> {
  const { installation, addresses, progress } = once;
  const { root, secrets, ports } = installation;
  const startedAt = performance.now();
  const api = openApi({ url: `http://127.0.0.1:${ports.api}`, token: secrets.token });
  const sandbox = openSandboxClient(addresses);
  progress.show('demo', 'preparing twelve clients');
  await clearTheWay(api, sandbox);
  await prepareDemo({ api, root, addresses, secrets });
  const build = await chooseBuild(api, sandbox);
  const rolloutId = await startDemoRollout(api, build);
  progress.settle('demo', `rollout of ${build.version} to twelve clients started`);
  const report = progress.say;
  const ending = await watchRollout(api, rolloutId, { withinMs, report });
  const summary = summarise({
    rolloutId,
    build,
    clients: ending.clients,
    sites: await sandbox.productionVersions(),
    mails: await sandbox.mailsOf(rolloutId),
    effects: await sandbox.effectsOf(rolloutId),
    seconds: Math.round((performance.now() - startedAt) / 100) / 10,
  });
  const isDone = ending.kind === 'ended' && isComplete(summary, sampleFleet.length);
  report(isDone ? 'Every client is verified.' : complaint(ending, summary));
  return { summary, isDone };
}

/** In a folder that was used before, earlier rollouts would stand in the way and the sites be up to date already. */
async function clearTheWay(api: Api, sandbox: SandboxClient): Promise<void> {
  const { items } = await api.get('/v1/rollouts', rolloutList);
  for (const { id, state } of items) {
    if (state !== 'running' && state !== 'paused') continue;
    const body = { reason: 'a new demo run starts' };
    await api.send({ method: 'POST', path: `/v1/rollouts/${id}/stop`, body }, anything);
  }
  if (items.length === 0) return;
  await sandbox.resetSites();
  await surveySites(api);
}

/** The published build the first time; after that builds of ever newer names around the same library. */
async function chooseBuild(api: Api, sandbox: SandboxClient): Promise<DemoBuild> {
  const published = (await sandboxBuilds()).find(({ version }) => version !== baselineVersion);
  if (!published) throw new Error('There is no build to roll out');
  const { items } = await api.get('/v1/rollouts', rolloutList);
  if (items.length === 0) {
    const { version, digest, notesMarkdown } = published;
    return { version, digest, notesMarkdown };
  }
  const patches = items.map(({ change }) => Number(change.split('.').at(-1)));
  const series = published.version.split('.').slice(0, -1).join('.');
  const built = await sandbox.addBuild(`${series}.${Math.max(...patches) + 1}`);
  return { ...built, notesMarkdown: published.notesMarkdown };
}

function complaint(ending: Ending, summary: OnceSummary): string {
  const waiting = ending.clients
    .filter(({ state }) => state !== 'done')
    .map(({ key, state, nextText, reason }) => `  ${key}: ${state}, ${nextText ?? reason ?? ''}`);
  const unconfirmed = summary.clients['done, not confirmed'] ?? 0;
  return [
    ending.kind === 'stuck'
      ? `${ending.why}.`
      : 'The rollout ended, but not every client is verified.',
    ...waiting,
    ...(unconfirmed > 0 ? [`  ${unconfirmed} sites do not show the build that was deployed`] : []),
  ].join('\n');
}
