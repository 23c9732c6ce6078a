import { z } from 'zod';
import { demoPolicy } from '../../../domain/rollout/seeded-policies.ts';
import type { Addresses } from '../addresses.ts';
import type { Secrets } from '../data/secrets.ts';
import type { Api } from './api-client.ts';
import { sampleClients } from './sample-clients.ts';

/** The deployer that all sample clients name. */
export const demoDeployer = 'sandbox';

/** The logins of the demo, by role. */
export const demoStaff = [
  { role: 'pm', email: 'pm@daymark.example', name: 'Petra Moreau' },
  { role: 'support', email: 'support@daymark.example', name: 'Sam Okafor' },
  { role: 'admin', email: 'admin@daymark.example', name: 'Ada Lindqvist' },
] as const;

const anything = z.unknown();
const staffList = z.object({ items: z.array(z.object({ email: z.string() })) });

/**
 * Puts into an empty installation what a demo needs: logins, policy, deployer, and twelve clients whose sites have been read.
 * Every step looks first, so a start that was killed in between goes on where it was.
 */
export async function prepareDemo(demo: {
  readonly api: Api;
  readonly root: string;
  readonly addresses: Addresses;
  readonly secrets: Secrets;
  /** Other clients than the sample ones. */
  readonly csv?: string;
}): Promise<void> {
  const { api, root, addresses, secrets } = demo;
  await addStaff(api, secrets);
  if (!(await api.find(`/v1/policies/${demoPolicy.name}`, anything))) {
    const path = `/v1/policies/${demoPolicy.name}`;
    await api.send({ method: 'PUT', path, body: { document: demoPolicy } }, anything);
  }
  await api.send(
    {
      method: 'PUT',
      path: `/v1/deployers/${demoDeployer}`,
      body: {
        kind: 'webhook',
        url: `${addresses.deployer}/deploy`,
        secret: secrets.deployerSecret,
        lookUpUrl: `${addresses.deployer}/operations?key={key}`,
        capability: 'key',
        maxInFlight: 12,
      },
    },
    anything,
  );
  const csv = demo.csv ?? sampleClients(root, addresses.sites);
  const body = { csv, apply: true };
  await api.send({ method: 'POST', path: '/v1/clients/import', body }, anything);
  await surveySites(api);
}

/** Lets Daymark read every site; builds it meets for the first time become baselines. */
export async function surveySites(api: Api): Promise<void> {
  await api.send({ method: 'POST', path: '/v1/sites/survey', body: {} }, anything);
}

async function addStaff(api: Api, { passwords }: Secrets): Promise<void> {
  const { items } = await api.get('/v1/staff', staffList);
  for (const { role, email, name } of demoStaff) {
    if (items.some((each) => each.email === email)) continue;
    const password = passwords[role];
    const body = { email, name, role, mayControl: true, password };
    await api.send({ method: 'POST', path: '/v1/staff', body }, anything);
  }
}
