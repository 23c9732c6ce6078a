import type {
  ClientCells,
  ContactCells,
  KnownClient,
} from '../../domain/client/client-difference.ts';
import { listIn } from '../../domain/client/client-columns.ts';
import type { ClientId, RolloutId } from '../../domain/ids.ts';
import type { Transaction } from '../in-transaction.ts';
import { newId } from '../new-id.ts';
import type { Queryable } from '../pool.ts';

/** Reads clients in the words of the spreadsheet, by key; all of them without keys. */
export async function readClientCells(
  db: Queryable,
  keys: readonly string[] | null = null,
): Promise<ReadonlyMap<string, KnownClient>> {
  const rows = await db.rows<{ cells: ClientCells; contacts: readonly ContactCells[] }>(
    `select
       jsonb_build_object(
         'key', c.key, 'name', c.name, 'state', c.state, 'zone', c.zone, 'locale', c.locale,
         'support_level', coalesce(c.support_level, ''), 'tags', array_to_string(c.tags, '|'),
         'modules', array_to_string(c.modules, '|'), 'owner', coalesce(c.owner, ''),
         'preview_url', coalesce(pre.url, ''), 'preview_deployer', coalesce(pre.deployer_name, ''),
         'preview_probe', coalesce(pre.probe, ''), 'production_url', coalesce(pro.url, ''),
         'production_deployer', coalesce(pro.deployer_name, ''),
         'production_probe', coalesce(pro.probe, '')) as cells,
       coalesce(people.contacts, '[]') as contacts
     from client c
     left join site pre on pre.client_id = c.id and pre.kind = 'preview'
     left join site pro on pro.client_id = c.id and pro.kind = 'production'
     left join lateral (
       select jsonb_agg(jsonb_build_object(
         'contact_email', p.email, 'contact_name', p.name, 'contact_locale', p.locale,
         'contact_zone', p.zone, 'contact_roles', array_to_string(p.roles, '|')) order by p.email) as contacts
       from contact p
       where p.client_id = c.id
     ) people on true
     where $1::text[] is null or c.key = any($1)
     order by c.key`,
    [keys],
  );
  return new Map(rows.map((row) => [row.cells.key, row]));
}

/** Keeps others from importing at the same time, so that what was compared is what is written. */
export async function lockClients(tx: Transaction): Promise<void> {
  await tx.rows(`select pg_advisory_xact_lock(hashtext('daymark client import'))`);
}

/** Writes a client as the cells say; answers its id. */
export async function writeClient(
  tx: Transaction,
  cells: ClientCells,
  told: { readonly actor: string; readonly facts: Readonly<Record<string, unknown>> },
): Promise<ClientId> {
  const [row] = await tx.rows<{ id: ClientId; is_new: boolean }>(
    `insert into client as c
       (id, key, name, state, zone, locale, support_level, tags, modules, owner, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8, $9, nullif($10, ''), $11, $11)
     on conflict (key) do update
       set name = excluded.name, state = excluded.state, zone = excluded.zone, locale = excluded.locale,
           support_level = excluded.support_level, tags = excluded.tags, modules = excluded.modules,
           owner = excluded.owner, updated_at = excluded.updated_at
     returning c.id, c.created_at = c.updated_at as is_new`,
    [
      newId<ClientId>(),
      cells.key,
      cells.name,
      cells.state,
      cells.zone,
      cells.locale,
      cells.support_level,
      listIn(cells.tags),
      listIn(cells.modules),
      cells.owner,
      await tx.now(),
    ],
  );
  if (!row) throw new Error('A client was written and is not there');
  for (const kind of ['preview', 'production'] as const) {
    if (cells[`${kind}_url`] !== '') await writeSite(tx, row.id, kind, cells);
  }
  tx.record({
    kind: row.is_new ? 'client.added' : 'client.changed',
    actor: told.actor,
    clientId: row.id,
    facts: told.facts,
  });
  return row.id;
}

/** Writes a contact of a client; a person who is reached under this address again counts as reachable. */
export async function writeContact(
  tx: Transaction,
  clientKey: string,
  cells: ContactCells,
  told: { readonly actor: string; readonly isNew: boolean },
): Promise<void> {
  const rows = await tx.rows<{ id: string; client_id: ClientId }>(
    `insert into contact as p (id, client_id, email, name, locale, zone, roles)
     select $1, c.id, $3, $4, $5, $6, $7
     from client c
     where c.key = $2
     on conflict (client_id, email) do update
       set name = excluded.name, locale = excluded.locale, zone = excluded.zone, roles = excluded.roles
     returning p.id, p.client_id`,
    [
      newId(),
      clientKey,
      cells.contact_email,
      cells.contact_name,
      cells.contact_locale,
      cells.contact_zone,
      listIn(cells.contact_roles),
    ],
  );
  const [row] = rows;
  if (!row) throw new Error('A contact was written for a client that is not there');
  tx.record({
    kind: told.isNew ? 'contact.added' : 'contact.changed',
    actor: told.actor,
    clientId: row.client_id,
    facts: { contactId: row.id, roles: listIn(cells.contact_roles) },
  });
}

/** Locks the parts of these clients in rollouts that run, and names their loops: their facts have changed. */
export async function lockRunningParts(
  tx: Transaction,
  keys: readonly string[],
): Promise<readonly { readonly rolloutId: RolloutId; readonly clientId: ClientId }[]> {
  return await tx.rows(
    `select cr.rollout_id as "rolloutId", cr.client_id as "clientId"
     from client_rollout cr
     join client c on c.id = cr.client_id
     join rollout r on r.id = cr.rollout_id
     where c.key = any($1) and r.state in ('running', 'paused')
     order by cr.id
     for no key update of cr`,
    [keys],
  );
}

/** The ids of clients by key; a key nobody has is left out. */
export async function findClientIds(
  db: Queryable,
  keys: readonly string[],
): Promise<ReadonlyMap<string, ClientId>> {
  const rows = await db.rows<{ key: string; id: ClientId }>(
    `select c.key, c.id from client c where c.key = any($1)`,
    [keys],
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

async function writeSite(
  tx: Transaction,
  clientId: ClientId,
  kind: 'preview' | 'production',
  cells: ClientCells,
): Promise<void> {
  await tx.rows(
    `insert into site as s (id, client_id, kind, url, deployer_name, probe)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (client_id, kind) do update
       set url = excluded.url, deployer_name = excluded.deployer_name, probe = excluded.probe`,
    [
      newId(),
      clientId,
      kind,
      cells[`${kind}_url`],
      cells[`${kind}_deployer`],
      cells[`${kind}_probe`],
    ],
  );
}
