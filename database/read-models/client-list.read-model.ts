import type { ClientId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** A client as the list shows it. */
export interface ClientEntry {
  readonly id: ClientId;
  readonly key: string;
  readonly name: string;
  readonly state: 'onboarding' | 'active' | 'leaving';
  readonly zone: string;
  readonly locale: 'en' | 'fr';
  readonly supportLevel: string | null;
  readonly tags: readonly string[];
  readonly modules: readonly string[];
  readonly owner: string | null;
  readonly calendar: string | null;
  readonly preview: SiteEntry | null;
  readonly production: SiteEntry | null;
  readonly contacts: readonly ContactEntry[];
  readonly coming: {
    readonly rolloutId: string;
    readonly rolloutName: string;
    readonly version: string | null;
    readonly state: ClientRolloutState;
    readonly slotStart: Instant | null;
  } | null;
}

export interface SiteEntry {
  readonly kind: 'preview' | 'production';
  readonly url: string;
  readonly deployer: string;
  readonly probe: string;
  readonly version: string | null;
  readonly digest: string | null;
  readonly reportedAt: Instant | null;
  readonly reportedVersion: string | null;
  readonly verdict: string | null;
}

export interface ContactEntry {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: 'en' | 'fr';
  readonly zone: string;
  readonly roles: readonly string[];
  readonly unreachableReason: string | null;
}

const isoOf = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const siteOf = (kind: 'preview' | 'production'): string => `
  left join lateral (
    select jsonb_build_object(
      'kind', s.kind, 'url', s.url, 'deployer', s.deployer_name, 'probe', s.probe, 'version', b.version,
      'digest', b.digest, 'reportedAt', ${isoOf('s.reported_at')}, 'reportedVersion', s.reported_version,
      'verdict', s.probe_verdict) as facts
    from site s
    left join build b on b.id = s.build_id
    where s.client_id = c.id and s.kind = '${kind}'
  ) ${kind} on true`;

/** Clients by name, those that match, from a place in the list on. */
export async function readClients(
  db: Queryable,
  query: {
    readonly key?: string;
    readonly search?: string | undefined;
    readonly tag?: string | undefined;
    readonly state?: string | undefined;
    /** The key after which the list goes on. */
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<readonly ClientEntry[]> {
  return await db.rows<ClientEntry>(
    `select c.id, c.key, c.name, c.state, c.zone, c.locale, c.support_level as "supportLevel", c.tags, c.modules,
       c.owner, c.calendar_name as calendar, preview.facts as preview, production.facts as production,
       coalesce(people.contacts, '[]') as contacts, next.facts as coming
     from client c
     ${siteOf('preview')}
     ${siteOf('production')}
     left join lateral (
       select jsonb_agg(jsonb_build_object(
         'id', p.id, 'email', p.email, 'name', p.name, 'locale', p.locale, 'zone', p.zone,
         'roles', to_jsonb(p.roles), 'unreachableReason', p.unreachable_reason) order by p.name) as contacts
       from contact p
       where p.client_id = c.id
     ) people on true
     left join lateral (
       select jsonb_build_object(
         'rolloutId', r.id, 'rolloutName', r.name, 'version', b.version, 'state', cr.state,
         'slotStart', ${isoOf('cr.slot_start')}) as facts
       from client_rollout cr
       join rollout r on r.id = cr.rollout_id
       left join build b on b.id = r.build_id
       where cr.client_id = c.id and r.state in ('running', 'paused')
         and cr.state not in ('done', 'skipped', 'withdrawn', 'rejected', 'no-answer', 'rolled-back')
       order by cr.slot_start nulls last, r.started_at
       limit 1
     ) next on true
     where ($1::text is null or c.key = $1)
       and ($2::text is null or strpos(lower(c.name || ' ' || c.key), lower($2)) > 0)
       and ($3::text is null or $3 = any(c.tags))
       and ($4::text is null or c.state = $4)
       and ($5::text is null or c.key > $5)
     order by c.key
     limit $6`,
    [
      query.key ?? null,
      query.search ?? null,
      query.tag ?? null,
      query.state ?? null,
      query.after ?? null,
      query.limit,
    ],
  );
}

/** A client's part in a rollout, as its own screen lists it. */
export interface ClientRolloutEntry {
  readonly rolloutId: string;
  readonly name: string;
  readonly version: string | null;
  readonly state: ClientRolloutState;
  readonly slotStart: Instant | null;
  readonly since: Instant;
}

/** Every rollout a client has or had a part in, newest first. */
export async function readRolloutsOfClient(
  db: Queryable,
  clientId: ClientId,
): Promise<readonly ClientRolloutEntry[]> {
  return await db.rows<ClientRolloutEntry>(
    `select r.id as "rolloutId", r.name, b.version, cr.state, cr.slot_start as "slotStart", cr.since
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     left join build b on b.id = r.build_id
     where cr.client_id = $1
     order by r.started_at desc`,
    [clientId],
  );
}
