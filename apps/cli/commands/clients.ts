import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';
import { facts, table } from '../output/table.ts';
import { orNothing, print } from '../print.ts';
import { list, noun, verb } from '../verb.ts';

type Client = components['schemas']['Client'];
type ClientSummary = components['schemas']['ClientSummary'];
type ImportResult = components['schemas']['ImportResult'];

interface ListOptions {
  readonly search?: string;
  readonly tag?: string;
  readonly state?: ClientSummary['state'];
  readonly json?: boolean;
}

interface ImportOptions {
  readonly map?: readonly string[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** `daymark clients …` */
export function clientCommands(program: Command, cli: Cli): void {
  const clients = noun(program, 'clients', 'who gets updates, and where');
  verb(clients, {
    usage: 'list',
    does: 'list clients with what their production sites run',
    example: 'daymark clients list --tag pilot',
  })
    .option('--search <text>', 'part of a key or a name')
    .option('--tag <tag>', 'only clients with this tag')
    .option('--state <state>', 'onboarding, active or leaving')
    .action((options: ListOptions) => listClients(cli, options));
  verb(clients, {
    usage: 'show <key>',
    does: 'show one client: sites, contacts, what is coming',
    example: 'daymark clients show harbour',
  }).action(async (key: string, options: { json?: boolean }) => {
    const path = { key };
    const client = await contentOf(cli.api().GET('/v1/clients/{key}', { params: { path } }));
    print(cli, options, client, describeClient);
  });
  verb(clients, {
    usage: 'import <file>',
    does: 'import a spreadsheet: shows the difference, then applies it once confirmed',
    example: 'daymark clients import clients.csv --map "Kunde=key"',
  })
    .option('--map <heading=column>', 'read a column under another heading', list)
    .option('--yes', 'apply without asking')
    .action((file: string, options: ImportOptions) => importClients(cli, file, options));
  verb(clients, {
    usage: 'export',
    does: 'write all clients as the spreadsheet that import reads',
    example: 'daymark clients export > clients.csv',
  }).action(async () => {
    const csv = await contentOf(cli.api().GET('/v1/clients/export', { parseAs: 'text' }));
    cli.write(csv);
  });
}

async function listClients(cli: Cli, options: ListOptions): Promise<void> {
  const { search, tag, state } = options;
  const items: ClientSummary[] = [];
  const wanted = {
    ...(search === undefined ? {} : { search }),
    ...(tag === undefined ? {} : { tag }),
    ...(state === undefined ? {} : { state }),
  };
  let cursor: string | null = null;
  do {
    const query: typeof wanted & { cursor?: string } =
      cursor === null ? wanted : { ...wanted, cursor };
    const page: components['schemas']['ClientPage'] = await contentOf(
      cli.api().GET('/v1/clients', { params: { query } }),
    );
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  print(cli, options, { items }, () =>
    orNothing(
      items.length === 0,
      () =>
        table(items, {
          KEY: ({ key }) => key,
          NAME: ({ name }) => name,
          STATE: ({ state: is }) => is,
          ZONE: ({ zone }) => zone,
          TAGS: ({ tags }) => tags.join(', '),
          PRODUCTION: ({ production }) => production?.version ?? null,
          COMING: ({ coming }) =>
            coming === null ? null : `${coming.version ?? '?'} ${coming.state}`,
        }),
      'No client fits. "daymark clients import FILE" brings them in.',
    ),
  );
}

async function importClients(cli: Cli, file: string, options: ImportOptions): Promise<void> {
  const csvBase64 = (await cli.readFile(file)).toString('base64');
  const map = Object.fromEntries((options.map ?? []).map(readMapping));
  const ask = (apply: boolean): Promise<ImportResult> =>
    contentOf(cli.api().POST('/v1/clients/import', { body: { csvBase64, map, apply } }));
  const difference = await ask(false);
  if (!options.json) cli.tell(`${describeDifference(difference)}\n`);
  if (isUnchanged(difference)) {
    print(cli, options, difference, () => 'Nothing to change.');
    return;
  }
  if (!(options.yes ?? (await cli.confirm('Apply these changes?')))) {
    throw new CliFailure('refused', 'Nothing was changed. Without a terminal, say --yes to apply.');
  }
  print(cli, options, await ask(true), ({ summary }) => `Applied: ${summary}`);
}

function readMapping(text: string): readonly [string, string] {
  const split = text.lastIndexOf('=');
  if (split <= 0) throw new CliFailure('usage', `--map ${text}: write heading=column.`);
  return [text.slice(0, split), text.slice(split + 1)];
}

function isUnchanged({ difference }: ImportResult): boolean {
  return [...difference.clients, ...difference.contacts].every(({ change }) => change === 'same');
}

function describeDifference({ difference, summary }: ImportResult): string {
  const fieldsOf = (fields: ImportResult['difference']['clients'][number]['fields']): string =>
    fields.map(({ field, from, to }) => `${field}: ${from ?? '—'} → ${to ?? '—'}`).join(', ');
  const clients = difference.clients
    .filter(({ change }) => change !== 'same')
    .map(({ key, change, fields }) => `${change.padEnd(8)} ${key}  ${fieldsOf(fields)}`);
  const contacts = difference.contacts
    .filter(({ change }) => change !== 'same')
    .map(
      ({ client, email, change, fields }) =>
        `${change.padEnd(8)} ${client} ${email}  ${fieldsOf(fields)}`,
    );
  return [...clients, ...contacts, summary].join('\n');
}

function describeClient(client: Client): string {
  const site = (is: Client['production']): string =>
    is === null ? '—' : `${is.version ?? 'unknown build'} at ${is.url}`;
  return [
    facts({
      Client: `${client.name} (${client.key}), ${client.state}`,
      Zone: client.zone,
      'Support level': client.supportLevel,
      Tags: client.tags.join(', '),
      Owner: client.owner,
      Preview: site(client.preview),
      Production: site(client.production),
    }),
    '',
    table(client.contacts, {
      CONTACT: ({ name }) => name,
      'E-MAIL': ({ email }) => email,
      ROLES: ({ roles }) => roles.join(', '),
      REACHABLE: ({ unreachableReason }) => unreachableReason ?? 'yes',
    }),
    '',
    orNothing(
      client.rollouts.length === 0,
      () =>
        table(client.rollouts, {
          ROLLOUT: ({ name }) => name,
          VERSION: ({ version }) => version,
          STATE: ({ state }) => state,
          SLOT: ({ slotStart }) => moment(slotStart),
        }),
      'No rollout has reached this client yet.',
    ),
  ].join('\n');
}
