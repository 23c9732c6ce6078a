import { newId } from '../../database/new-id.ts';
import type { Queryable } from '../../database/pool.ts';
import type { BuildId, ClientId, ContactId, SiteId } from '../../domain/ids.ts';
import { insertRow, rightNow } from './fixtures.ts';

/** A contact as it is stored. */
export interface ContactOptions {
  readonly email?: string;
  readonly name?: string;
  readonly locale?: 'en' | 'fr';
  readonly zone?: string;
  readonly roles?: readonly string[];
  readonly unreachableReason?: string;
}

/** A client with its two sites and its contacts. */
export interface ClientOptions {
  readonly key?: string;
  readonly name?: string;
  readonly zone?: string;
  readonly locale?: 'en' | 'fr';
  readonly supportLevel?: string | null;
  readonly tags?: readonly string[];
  readonly modules?: readonly string[];
  readonly owner?: string;
  readonly calendarName?: string;
  readonly deployer?: string;
  readonly previewDeployer?: string;
  readonly previewUrl?: string;
  readonly productionUrl?: string;
  readonly probe?: string;
  /** What both sites run; null = nobody knows. */
  readonly currentBuildId?: BuildId | null;
  /** One person who approves and is informed, unless said otherwise. */
  readonly contacts?: readonly ContactOptions[];
}

/** The ids of an inserted client. */
export interface TestClient {
  readonly clientId: ClientId;
  readonly key: string;
  readonly previewSiteId: SiteId;
  readonly productionSiteId: SiteId;
  readonly contacts: readonly { readonly contactId: ContactId; readonly email: string }[];
}

let lastClientNumber = 0;

const usualClient = {
  zone: 'America/Toronto',
  locale: 'en',
  supportLevel: null,
  tags: [],
  modules: [],
  owner: null,
  calendarName: null,
};

/** An active client in Toronto with a preview and a production site. */
export async function insertClient(
  db: Queryable,
  options: ClientOptions = {},
): Promise<TestClient> {
  lastClientNumber += 1;
  const usualKey = `client-${String(lastClientNumber).padStart(3, '0')}`;
  const client = { ...usualClient, key: usualKey, ...options };
  const { key } = client;
  const clientId = newId<ClientId>();
  await insertRow(db, 'client', {
    id: clientId,
    key,
    name: options.name ?? `Client ${key}`,
    state: 'active',
    zone: client.zone,
    locale: client.locale,
    support_level: client.supportLevel,
    tags: client.tags,
    modules: client.modules,
    owner: client.owner,
    calendar_name: client.calendarName,
    created_at: rightNow(),
    updated_at: rightNow(),
  });
  const contacts = [];
  for (const contact of options.contacts ?? [{}]) {
    contacts.push(await insertContact(db, { clientId, key }, contact));
  }
  const previewSiteId = await insertSite(db, { clientId, key }, 'preview', options);
  const productionSiteId = await insertSite(db, { clientId, key }, 'production', options);
  return { clientId, key, previewSiteId, productionSiteId, contacts };
}

async function insertContact(
  db: Queryable,
  { clientId, key }: Pick<TestClient, 'clientId' | 'key'>,
  options: ContactOptions,
): Promise<{ readonly contactId: ContactId; readonly email: string }> {
  const contactId = newId<ContactId>();
  const email = options.email ?? `approver@${key}.example`;
  await insertRow(db, 'contact', {
    id: contactId,
    client_id: clientId,
    email,
    name: options.name ?? 'Alex Martin',
    locale: options.locale ?? 'en',
    zone: options.zone ?? 'America/Toronto',
    roles: options.roles ?? ['approver', 'informed'],
    unreachable_reason: options.unreachableReason ?? null,
    unreachable_since: options.unreachableReason === undefined ? null : rightNow(),
  });
  return { contactId, email };
}

async function insertSite(
  db: Queryable,
  { clientId, key }: Pick<TestClient, 'clientId' | 'key'>,
  kind: 'preview' | 'production',
  options: ClientOptions,
): Promise<SiteId> {
  const id = newId<SiteId>();
  const deployer = options.deployer ?? 'fleet';
  const url = kind === 'preview' ? options.previewUrl : options.productionUrl;
  await insertRow(db, 'site', {
    id,
    client_id: clientId,
    kind,
    url: url ?? `https://${kind}.${key}.example`,
    deployer_name: kind === 'preview' ? (options.previewDeployer ?? deployer) : deployer,
    probe: options.probe ?? '/version.json',
    build_id: options.currentBuildId ?? null,
  });
  return id;
}
