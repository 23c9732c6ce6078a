import type { Translations } from '../../domain/change/notes-for-client.ts';
import type { Instant } from '../../domain/instant.ts';
import type { RolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** A change with everything that is known of it. */
export interface ChangeEntry {
  readonly id: string;
  readonly kind: 'hotfix' | 'release';
  readonly version: string;
  readonly title: string;
  readonly critical: boolean;
  readonly earliestDate: string | null;
  readonly latestDate: string | null;
  readonly minimumVersion: string | null;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly assessment: AssessmentEntry | null;
  readonly builds: readonly BuildEntry[];
  readonly rollouts: readonly {
    readonly id: string;
    readonly name: string;
    readonly state: RolloutState;
  }[];
  readonly toCome: number;
}

export interface AssessmentEntry {
  readonly impact: 'transparent' | 'visible' | 'action needed';
  readonly downtimeMinutes: number | null;
  readonly clientAction: string | null;
  readonly reversible: boolean;
  readonly reportedBy: readonly string[];
  readonly note: string | null;
  readonly assessedBy: string;
  readonly assessedAt: Instant;
}

export interface BuildEntry {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
  readonly basedOn: string | null;
  /** In English. */
  readonly notesMarkdown: string;
  readonly translations: Translations;
  readonly issues: readonly string[];
  readonly qaPassedAt: Instant | null;
  readonly qaPassedBy: string | null;
  readonly blockedAt: Instant | null;
  readonly supersededBy: string | null;
  readonly announcedBy: string;
  readonly announcedAt: Instant;
  readonly baseline: boolean;
}

/** Instants inside of JSON, written like everywhere else. */
const isoOf = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const buildJson = `
  jsonb_build_object(
    'id', b.id, 'version', b.version, 'digest', b.digest, 'basedOn', base.version,
    'notesMarkdown', b.notes_markdown, 'translations', b.translations, 'issues', to_jsonb(b.issues), 'qaPassedAt', ${isoOf('b.qa_passed_at')},
    'qaPassedBy', b.qa_passed_by, 'blockedAt', ${isoOf('b.blocked_at')}, 'supersededBy', newer.version,
    'announcedBy', b.announced_by, 'announcedAt', ${isoOf('b.announced_at')}, 'baseline', b.baseline)`;

/** Every change, newest first; one of them when a version is given. */
export async function readChanges(
  db: Queryable,
  version: string | null = null,
): Promise<readonly ChangeEntry[]> {
  return await db.rows<ChangeEntry>(
    `select c.id, c.kind, c.version, c.title, c.critical, c.earliest_date as "earliestDate",
       c.latest_date as "latestDate", c.minimum_version as "minimumVersion", c.created_by as "createdBy",
       c.created_at as "createdAt", judged.assessment, coalesce(built.builds, '[]') as builds,
       coalesce(going.rollouts, '[]') as rollouts, coalesce(going.to_come, 0)::integer as "toCome"
     from change c
     left join lateral (
       select jsonb_build_object(
         'impact', a.impact, 'downtimeMinutes', a.downtime_minutes, 'clientAction', a.client_action,
         'reversible', a.reversible, 'note', a.note, 'assessedBy', a.assessed_by,
         'assessedAt', ${isoOf('a.assessed_at')},
         'reportedBy', (
           select coalesce(jsonb_agg(cl.key order by cl.key), '[]')
           from client cl
           where cl.id = any(a.reported_by))) as assessment
       from assessment a
       where a.change_id = c.id
       order by a.assessed_at desc
       limit 1
     ) judged on true
     left join lateral (
       select jsonb_agg(${buildJson} order by b.announced_at desc) as builds
       from build b
       left join build base on base.id = b.based_on
       left join build newer on newer.id = b.superseded_by
       where b.change_id = c.id
     ) built on true
     left join lateral (
       select
         jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'state', r.state) order by r.started_at desc)
           as rollouts,
         sum(open_parts.count) as to_come
       from rollout r
       cross join lateral (
         select count(*) as count
         from client_rollout cr
         where cr.rollout_id = r.id and r.state in ('running', 'paused')
           and cr.state not in ('done', 'skipped', 'withdrawn')
       ) open_parts
       where r.change_id = c.id
     ) going on true
     where $1::text is null or c.version = $1
     order by c.created_at desc, c.version`,
    [version],
  );
}

/** One build by its version; null when there is none. */
export async function readBuild(db: Queryable, version: string): Promise<BuildEntry | null> {
  const rows = await db.rows<{ build: BuildEntry }>(
    `select ${buildJson} as build
     from build b
     left join build base on base.id = b.based_on
     left join build newer on newer.id = b.superseded_by
     where b.version = $1`,
    [version],
  );
  return rows[0]?.build ?? null;
}

/** What every active client's production site runs; null = nobody knows. */
export async function readProductionVersions(
  db: Queryable,
): Promise<readonly { readonly version: string | null }[]> {
  return await db.rows(
    `select b.version
     from client c
     left join site s on s.client_id = c.id and s.kind = 'production'
     left join build b on b.id = s.build_id
     where c.state = 'active'`,
  );
}
