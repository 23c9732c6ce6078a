import { z } from 'zod';
import type { Duration } from '../../domain/duration.ts';
import {
  clientStates,
  duplicatesOf,
  startRollout,
  type StartedRollout,
  until,
} from '../support/running-rollout.ts';
import { startSystem, type TestSystem } from '../support/system.ts';
import { standOf } from './attend.ts';
import { informedOnly } from './quick-policy.ts';

/** What goes wrong at each client's deployer, once. */
const deployerFaults = [
  { client: 'harbour', kind: 'hang-after-accept' },
  { client: 'citadel', kind: 'answer-twice' },
  { client: 'lakeshore', kind: 'answer-late', ms: 6_000 },
  { client: 'vieux-port', kind: 'error-after-accept' },
  { client: 'outaouais', kind: 'reset-after-accept' },
  { client: 'exchange', kind: 'cut-body' },
  { client: 'saint-boniface', kind: 'hang-before-accept' },
];

/** How each client's site answers, and what is said about it. */
const siteFaults = [
  {
    client: 'river-valley',
    mode: { kind: 'redirect', location: 'http://127.0.0.1:1/version.json' },
    said: /redirect/,
  },
  {
    client: 'bow-river',
    mode: { kind: 'redirect', location: 'http://10.0.0.1/version.json' },
    said: /redirect/,
  },
  { client: 'false-creek', mode: { kind: 'huge', megabytes: 100 }, said: /large|long/ },
  { client: 'southbank', mode: { kind: 'trickle' }, said: /no full answer/ },
];
const neighbour = 'rive-gauche';

const detailSchema = z.object({
  state: z.string(),
  reason: z.string().nullable(),
  deployments: z.array(z.object({ id: z.string(), site: z.string(), state: z.string() })),
});

let system: TestSystem;

beforeAll(async () => {
  system = await startSystem({ workMs: 700 });
}, 540_000);

afterAll(async () => {
  await system.close();
}, 180_000);

it('deploys once to every client, whatever its deployer does with the answer', async () => {
  const clients = deployerFaults.map(({ client }) => client);
  for (const fault of deployerFaults) {
    await system.control('deployer', 'POST', '/faults', { ...fault, site: 'production' });
  }

  const rollout = await startRollout(system, { clients, policy: informedOnly });
  await untilStates(rollout, Object.fromEntries(clients.map((client) => [client, 'done'])));

  const { faults } = (await system.control('deployer', 'GET', '/faults')) as { faults: unknown[] };
  const effects = await system.outside.effectsOf(rollout.rolloutId);
  expect(faults).toEqual([]);
  expect(effects.filter(({ site }) => site === 'production')).toHaveLength(clients.length);
  expect(await duplicatesOf(system, rollout.rolloutId)).toEqual({ messages: 0, deployments: 0 });
}, 360_000);

it('says of a site that redirects inwards, never ends or trickles that nothing is known, and why', async () => {
  const clients = [...siteFaults.map(({ client }) => client), neighbour];
  for (const { client, mode } of siteFaults) {
    await system.control('deployer', 'PUT', '/sites', { client, site: 'production', mode });
  }
  const policy = { ...informedOnly, operationDeadline: 'PT15S' as Duration };

  const rollout = await startRollout(system, { clients, policy });
  await untilStates(rollout, {
    ...Object.fromEntries(siteFaults.map(({ client }) => [client, 'unknown'])),
    [neighbour]: 'done',
  });

  for (const { client, said } of siteFaults) {
    const detail = await detailOf(rollout, client);
    expect(detail.reason).toMatch(said);
  }
  const attention = await system.api.get(
    '/v1/attention',
    z.object({
      items: z.array(z.object({ rollout: z.object({ id: z.string() }).nullable() })),
    }),
  );
  const ours = attention.items.filter((item) => item.rollout?.id === rollout.rolloutId);
  expect(ours).toHaveLength(siteFaults.length);

  // A person has put the sites right and says so: they are read again, and nothing is deployed twice.
  for (const { client } of siteFaults) {
    const normal = { client, site: 'production', mode: { kind: 'normal' } };
    await system.control('deployer', 'PUT', '/sites', normal);
    const { deployments } = await detailOf(rollout, client);
    const deployment = deployments.find(({ site }) => site === 'production');
    await system.api.send(
      {
        method: 'POST',
        path: `/v1/rollouts/${rollout.rolloutId}/deployments/${deployment?.id}/settle`,
        body: { outcome: 'succeeded', detail: 'the site answers again' },
      },
      z.unknown(),
    );
  }
  await untilStates(rollout, Object.fromEntries(clients.map((client) => [client, 'done'])));
  expect(await duplicatesOf(system, rollout.rolloutId)).toEqual({ messages: 0, deployments: 0 });
}, 450_000);

it('reads no site on this machine that the configuration does not name', async () => {
  const { addresses, api } = system;
  const csv = [
    'key,name,state,zone,locale,owner,preview_url,preview_deployer,preview_probe,production_url,production_deployer,production_probe,contact_email,contact_name,contact_locale,contact_zone,contact_roles',
    `inside,Inside,active,Europe/London,en,pm@daymark.example,${addresses.sites[0]},sandbox,/version.json,${addresses.inbox},sandbox,/version.json,a@inside.example,A,en,Europe/London,informed`,
  ].join('\n');
  await api.send(
    { method: 'POST', path: '/v1/clients/import', body: { csv, apply: true } },
    z.unknown(),
  );

  const survey = await api.send(
    { method: 'POST', path: '/v1/sites/survey', body: { clients: ['inside'] } },
    z.object({ items: z.array(z.object({ site: z.string(), verdict: z.string() })) }),
  );

  const verdicts = Object.fromEntries(survey.items.map(({ site, verdict }) => [site, verdict]));
  expect(verdicts).toEqual({ preview: 'read', production: 'blocked_by_guard' });
});

async function untilStates(
  rollout: StartedRollout,
  wanted: Readonly<Record<string, string>>,
): Promise<void> {
  const inOrder = (states: Readonly<Record<string, string>>): string =>
    JSON.stringify(Object.entries(states).sort());
  await until(
    `the clients to be ${JSON.stringify(wanted)}`,
    async () =>
      inOrder(await clientStates(system, rollout.rolloutId)) === inOrder(wanted) ? true : null,
    { withinMs: 100_000, describe: () => standOf(system, rollout) },
  );
}

function detailOf(rollout: StartedRollout, client: string): Promise<z.output<typeof detailSchema>> {
  return system.api.get(`/v1/rollouts/${rollout.rolloutId}/clients/${client}`, detailSchema);
}
