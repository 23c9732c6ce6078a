import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Addresses } from '../addresses.ts';

const mailList = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      tag: z.string(),
      key: z.string().nullable(),
      recipients: z.array(z.string()),
    }),
  ),
});
const effectList = z.object({
  effects: z.array(z.object({ client: z.string(), site: z.string(), digest: z.string() })),
});
const siteList = z.object({
  sites: z.array(z.object({ client: z.string(), site: z.string(), url: z.string() })),
});
const versionAnswer = z.object({ version: z.string(), digest: z.string() });
const builtAnswer = z.object({ version: z.string(), digest: z.string() });

/** A mail as the mail server stored it. */
export type StoredMail = z.output<typeof mailList>['messages'][number];

/** One start of a deployment in the deployer's own record. */
export type DeployerEffect = z.output<typeof effectList>['effects'][number];

/** What a site says it runs. */
export type SiteVersion = z.output<typeof versionAnswer>;

/** The outside world, asked about itself. */
export interface SandboxClient {
  readonly mailsOf: (rollout: string) => Promise<readonly StoredMail[]>;
  readonly effectsOf: (rollout: string) => Promise<readonly DeployerEffect[]>;
  /** What each production site says it runs, by client; null where it does not say. */
  readonly productionVersions: () => Promise<ReadonlyMap<string, SiteVersion | null>>;
  /** Makes a build of another version name, ready to be deployed. */
  readonly addBuild: (version: string) => Promise<SiteVersion>;
  /** Puts every site back on its first build, as soon as no deployment runs. */
  readonly resetSites: () => Promise<void>;
}

/** The sandbox of this installation. */
export function openSandboxClient({ inbox, deployer }: Addresses): SandboxClient {
  async function read<Schema extends z.ZodType>(url: string, schema: Schema) {
    const response = await call(url, {});
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    return schema.parse(await response.json());
  }

  return {
    mailsOf: async (rollout) =>
      (await read(`${inbox}/control/messages?rollout=${rollout}`, mailList)).messages,
    effectsOf: async (rollout) =>
      (await read(`${deployer}/control/effects?rollout=${rollout}`, effectList)).effects,
    productionVersions: async () => {
      const { sites } = await read(`${deployer}/control/sites`, siteList);
      const production = sites.filter(({ site }) => site === 'production');
      const readings = production.map(
        async ({ client, url }) =>
          [client, await read(`${url}/version.json`, versionAnswer).catch(() => null)] as const,
      );
      return new Map(await Promise.all(readings));
    },
    addBuild: async (version) => {
      const response = await post(`${deployer}/control/builds`, { version });
      return builtAnswer.parse(await response.json());
    },
    resetSites: async () => {
      for (;;) {
        const response = await post(`${deployer}/control/sites/reset`, {});
        if (response.ok) return;
        if (response.status !== 409) {
          throw new Error(`The sites cannot be reset: ${response.status}`);
        }
        await pause(500);
      }
    },
  };
}

function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return call(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

function call(url: string, request: RequestInit): Promise<Response> {
  return fetch(url, { ...request, signal: AbortSignal.timeout(10_000) });
}
