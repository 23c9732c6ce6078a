import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { baselineVersion, sandboxBuilds } from '../../sandbox/sites/builds.ts';
import type { Addresses } from '../addresses.ts';
import { writePrivately } from '../data/secrets.ts';
import type { Progress } from '../display/progress.ts';
import type { Installation } from '../program-settings.ts';
import { openApi } from './api-client.ts';
import { prepareDemo } from './prepare-demo.ts';
import { startDemoRollout } from './start-demo-rollout.ts';

/** Fills an empty installation and starts the demo rollout; one that was filled before is left as it is. */
export async function playDemo(demo: {
  readonly installation: Installation;
  readonly addresses: Addresses;
  readonly progress: Progress;
}): Promise<void> {
  const { installation, addresses, progress } = demo;
  const { root, directory, secrets } = installation;
  const note = join(directory.path, 'demo.json');
  if (existsSync(note)) return;
  const api = openApi({ url: `http://127.0.0.1:${installation.ports.api}`, token: secrets.token });
  progress.show('demo', 'preparing twelve clients');
  await prepareDemo({ api, root, addresses, secrets });
  const build = (await sandboxBuilds()).find(({ version }) => version !== baselineVersion);
  if (!build) throw new Error('There is no build to roll out');
  const { version, digest, notesMarkdown } = build;
  const rolloutId = await startDemoRollout(api, { version, digest, notesMarkdown });
  writePrivately(note, { rolloutId });
  progress.settle('demo', `rollout of ${version} to twelve clients started`);
}
