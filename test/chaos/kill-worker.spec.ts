import { sampleFleet } from '../../apps/sandbox/sites/fleet.ts';
import type { StartedRollout } from '../support/running-rollout.ts';
import { startSystem, type TestSystem } from '../support/system.ts';
import { endOf, killAt, moments, usualKinds } from './kill-at-step.ts';

const cases = moments.map((moment, index) => ({
  ...moment,
  client: sampleFleet[index]?.key ?? '',
}));
const started = new Map<string, StartedRollout>();
let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ workMs: 700 });
}, 540_000);

afterAll(async () => {
  await system.close();
}, 180_000);

it.each(cases)(
  'comes back after the worker was killed at: $step',
  async (moment) => {
    const victim = system.workers[0];
    if (!victim) throw new Error('There is nobody to kill');

    const { rollout, stateAtKill } = await killAt(system, moment, {
      victim,
      client: moment.client,
    });

    started.set(moment.step, rollout);
    expect(stateAtKill).not.toBe('done');
  },
  360_000,
);

it.each(cases)(
  'ends as if undisturbed after the kill at: $step',
  async ({ step, client, policy }) => {
    const rollout = started.get(step);
    if (!rollout) throw new Error(`Nothing was killed at ${step}`);

    const end = await endOf(system, rollout, client);

    expect(end.state).toBe('done');
    expect(end.effects).toEqual(['preview', 'production']);
    expect(end.kinds).toEqual(usualKinds(policy));
    expect(end.toldAnew).toBeLessThanOrEqual(end.missed);
    expect(end.mails).toEqual([...new Set(end.mails)]);
  },
  540_000,
);
