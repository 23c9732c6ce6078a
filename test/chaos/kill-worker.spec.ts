import { sampleFleet } from '../../apps/sandbox/sites/fleet.ts';
import type { TestSystem } from '../support/system.ts';
import { killAt, moments, startChaosSystem } from './kill-at-step.ts';

let system: TestSystem;

beforeAll(async () => {
  system = await startChaosSystem();
}, 180_000);

afterAll(async () => {
  await system.close();
}, 60_000);

it.each(moments.map((moment, index) => ({ ...moment, client: sampleFleet[index]?.key ?? '' })))(
  'ends as if undisturbed when the worker is killed at: $step',
  async (moment) => {
    const [victim] = system.workers;

    const end = await killAt(system, moment, { victim: victim!, client: moment.client });

    expect(end.states).toEqual({ [moment.client]: 'done' });
    expect(end.duplicates).toEqual({ messages: 0, deployments: 0 });
    expect(end.effects).toEqual(['preview', 'production']);
  },
  180_000,
);
