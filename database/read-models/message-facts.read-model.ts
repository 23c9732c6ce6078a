import type { BuildNotes } from '../../domain/change/notes-for-client.ts';
import type { Locale } from '../../domain/communication/locales.ts';
import type { BuildId, ClientId, ClientRolloutId, ContactId, RolloutId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { NoAnswerRule, Policy } from '../../domain/rollout/policy.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import type { Queryable } from '../pool.ts';

/** Everything a message or a page to one client about one rollout can say. */
export interface MessageFacts {
  readonly vendorName: string;
  readonly live: boolean;
  readonly rolloutId: RolloutId;
  readonly clientId: ClientId;
  readonly clientRolloutId: ClientRolloutId;
  readonly state: ClientRolloutState;
  readonly clientName: string;
  readonly zone: string;
  readonly supportLevel: string | null;
  readonly modules: readonly string[];
  /** Who at the vendor answers for this client; the name is null when it is no member of the staff. */
  readonly ownerEmail: string | null;
  readonly ownerName: string | null;
  readonly clientCalendarId: string | null;
  readonly changeKind: 'hotfix' | 'release';
  readonly changeVersion: string;
  readonly critical: boolean;
  readonly policy: Policy;
  readonly noAnswerRule: NoAnswerRule;
  readonly build: {
    readonly id: BuildId;
    readonly version: string;
    readonly digest: string;
  } | null;
  readonly impact: 'transparent' | 'visible' | 'action needed' | null;
  readonly clientAction: string | null;
  readonly downtimeMinutes: number | null;
  readonly slotStart: Instant | null;
  readonly slotLatestEnd: Instant | null;
  readonly slotLocalStart: string | null;
  readonly noticeDeadline: Instant | null;
  readonly previewUrl: string;
  readonly productionUrl: string;
  readonly currentVersion: string | null;
  /** The target and what it was made from, newest first, down to what production runs. */
  readonly builds: readonly BuildNotes[];
  readonly contacts: readonly ContactFacts[];
}

/** A person a message may go to. */
export interface ContactFacts {
  readonly id: ContactId;
  readonly email: string;
  readonly name: string;
  readonly locale: Locale;
  readonly zone: string;
  readonly roles: readonly string[];
}

/** How far back the notes of builds are followed. */
const mostBuilds = 50;

const selectMessageFacts = `
     select
       v.name as "vendorName", v.live, cr.rollout_id as "rolloutId", cr.client_id as "clientId",
       cr.id as "clientRolloutId", cr.state, cl.name as "clientName", cl.zone,
       cl.support_level as "supportLevel", cl.modules, cl.owner as "ownerEmail", owner.name as "ownerName",
       cr.client_calendar_id as "clientCalendarId", ch.kind as "changeKind", ch.version as "changeVersion",
       ch.critical, p.document as policy, cr.no_answer_rule as "noAnswerRule",
       case when b.id is not null
         then jsonb_build_object('id', b.id, 'version', b.version, 'digest', b.digest) end as build,
       judged.impact, judged.client_action as "clientAction", judged.downtime_minutes as "downtimeMinutes",
       cr.slot_start as "slotStart", cr.slot_latest_end as "slotLatestEnd",
       cr.slot_local_start as "slotLocalStart", cr.notice_deadline as "noticeDeadline",
       preview.url as "previewUrl", production.url as "productionUrl", current.version as "currentVersion",
       coalesce(line.builds, '[]') as builds, coalesce(people.contacts, '[]') as contacts
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     join client cl on cl.id = cr.client_id
     join change ch on ch.id = r.change_id
     join policy p on p.id = r.policy_id
     join vendor v on v.id = 1
     join site preview on preview.client_id = cl.id and preview.kind = 'preview'
     join site production on production.client_id = cl.id and production.kind = 'production'
     left join build b on b.id = r.build_id
     left join build current on current.id = production.build_id
     left join staff owner on owner.email = lower(cl.owner)
     left join lateral (
       select a.impact, a.client_action, a.downtime_minutes
       from assessment a
       where a.change_id = ch.id
       order by a.assessed_at desc
       limit 1
     ) judged on true
     left join lateral (
       with recursive steps as (
         select t.id, t.based_on, t.version, t.notes_markdown, t.translations, 1 as depth
         from build t
         where t.id = b.id
         union all
         select base.id, base.based_on, base.version, base.notes_markdown, base.translations, s.depth + 1
         from steps s
         join build base on base.id = s.based_on
         where s.depth < ${mostBuilds} and base.id is distinct from production.build_id and not base.baseline
       )
       select jsonb_agg(
         jsonb_build_object(
           'version', s.version, 'markdown', s.notes_markdown, 'translations', s.translations
         ) order by s.depth) as builds
       from steps s
     ) line on true
     left join lateral (
       select jsonb_agg(
         jsonb_build_object('id', c.id, 'email', c.email, 'name', c.name, 'locale', c.locale,
           'zone', c.zone, 'roles', to_jsonb(c.roles)) order by c.email) as contacts
       from contact c
       where c.client_id = cl.id
     ) people on true
     where cr.id = $1`;

/** Reads what messages about a client rollout say; null when there is none. */
export async function readMessageFacts(
  db: Queryable,
  clientRolloutId: ClientRolloutId,
): Promise<MessageFacts | null> {
  const rows = await db.rows<MessageFacts>(selectMessageFacts, [clientRolloutId]);
  return rows[0] ?? null;
}

/** What a round asked about. */
export interface AskedBuild {
  readonly version: string;
  readonly digest: string;
}

/** A build by its id, for words about one that is no longer the target; null when there is none. */
export async function readAskedBuild(db: Queryable, id: BuildId): Promise<AskedBuild | null> {
  const rows = await db.rows<AskedBuild>(
    `select b.version, b.digest from build b where b.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
