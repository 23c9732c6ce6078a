import type { DeployerEffect, SiteVersion, StoredMail } from '../demo/sandbox-client.ts';

/** What became of a rollout, told from outside: by the API, the sites, the mail server and the deployer. */
export interface RolloutRecords {
  readonly rolloutId: string;
  readonly build: SiteVersion;
  readonly clients: readonly { readonly key: string; readonly state: string }[];
  /** What each production site says it runs. */
  readonly sites: ReadonlyMap<string, SiteVersion | null>;
  readonly mails: readonly Pick<StoredMail, 'tag' | 'key'>[];
  readonly effects: readonly DeployerEffect[];
  readonly seconds: number;
}

/** The last line of `npm start -- --once --json`. */
export interface OnceSummary {
  readonly rolloutId: string;
  readonly clients: Readonly<Record<string, number>>;
  readonly messages: Readonly<Record<string, number>>;
  readonly deployments: { readonly preview: number; readonly production: number };
  readonly duplicates: { readonly messages: number; readonly deployments: number };
  readonly seconds: number;
}

/** Puts the records together. A `done` that its site does not confirm is counted as `done, not confirmed`. */
export function summarise(records: RolloutRecords): OnceSummary {
  const { rolloutId, clients, mails, effects, seconds } = records;
  return {
    rolloutId,
    clients: countBy(clients.map((client) => confirmedState(client, records))),
    messages: countBy(mails.map(({ tag }) => tag)),
    deployments: {
      preview: effects.filter(({ site }) => site === 'preview').length,
      production: effects.filter(({ site }) => site === 'production').length,
    },
    duplicates: {
      messages: beyondTheFirst(mails.flatMap(({ key }) => (key === null ? [] : [key]))),
      deployments: beyondTheFirst(
        effects.map(({ client, site, digest }) => [client, site, digest].join(' ')),
      ),
    },
    seconds,
  };
}

/** Whether every client is verified: done, and confirmed by its own site. */
export function isComplete({ clients }: OnceSummary, expected: number): boolean {
  return clients['done'] === expected && Object.keys(clients).length === 1;
}

function confirmedState(
  { key, state }: RolloutRecords['clients'][number],
  { sites, build }: RolloutRecords,
): string {
  if (state !== 'done') return state;
  const site = sites.get(key);
  const isConfirmed = site?.version === build.version && site.digest === build.digest;
  return isConfirmed ? 'done' : 'done, not confirmed';
}

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries(counts);
}

function beyondTheFirst(names: readonly string[]): number {
  return names.length - new Set(names).size;
}
