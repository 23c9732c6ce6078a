-- The first schema: facts about clients, changes, rollouts and messages, and the wakes, events and leases that move them.
-- Up Migration

-- The one row that everything vendor-wide locks first.
create table vendor (
  id smallint primary key check (id = 1),
  name text not null,
  live boolean not null,
  live_changed_at timestamptz not null,
  live_changed_by text not null,
  max_in_flight integer not null check (max_in_flight > 0),
  calendar_name text
);

create table staff (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  role text not null check (role in ('pm', 'support', 'admin')),
  may_control boolean not null,
  password_hash text not null,
  created_at timestamptz not null,
  disabled_at timestamptz
);

create table staff_session (
  token_hash text primary key,
  staff_id uuid not null references staff,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table api_token (
  id uuid primary key,
  name text not null,
  token_hash text not null unique,
  role text not null check (role in ('pm', 'support', 'admin', 'ci')),
  created_by text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);

create table idempotency_key (
  actor text not null,
  key text not null,
  request_hash text not null,
  response_status integer,
  response_body jsonb,
  created_at timestamptz not null,
  primary key (actor, key)
);

create table deployer (
  id uuid primary key,
  name text not null unique,
  kind text not null check (kind in ('webhook', 'command', 'manual')),
  url text,
  secret text,
  look_up_url text,
  command text,
  capability text not null check (capability in ('key', 'label', 'none')),
  max_in_flight integer not null check (max_in_flight > 0),
  disabled_reason text,
  created_at timestamptz not null
);

create table client (
  id uuid primary key,
  key text not null unique,
  name text not null,
  state text not null check (state in ('onboarding', 'active', 'leaving')),
  zone text not null,
  locale text not null check (locale in ('en', 'fr')),
  support_level text,
  tags text[] not null,
  modules text[] not null,
  owner text,
  calendar_name text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table change (
  id uuid primary key,
  kind text not null check (kind in ('hotfix', 'release')),
  version text not null unique,
  title text not null,
  critical boolean not null,
  earliest_date date,
  latest_date date,
  minimum_version text,
  created_by text not null,
  created_at timestamptz not null
);

create table assessment (
  id uuid primary key,
  change_id uuid not null references change,
  impact text not null check (impact in ('transparent', 'visible', 'action needed')),
  downtime_minutes integer check (downtime_minutes >= 0),
  client_action text,
  reversible boolean not null,
  reported_by uuid[] not null,
  note text,
  assessed_by text not null,
  assessed_at timestamptz not null
);
create index on assessment (change_id, assessed_at desc);

create table build (
  id uuid primary key,
  change_id uuid references change,
  version text not null unique,
  digest text not null,
  based_on uuid references build,
  notes_markdown text not null,
  issues text[] not null,
  baseline boolean not null,
  qa_passed_at timestamptz,
  qa_passed_by text,
  blocked_at timestamptz,
  superseded_by uuid references build,
  announced_by text not null,
  announced_at timestamptz not null
);
create index on build (change_id, announced_at desc);
create index on build (digest);

create table site (
  id uuid primary key,
  client_id uuid not null references client,
  kind text not null check (kind in ('preview', 'production')),
  url text not null,
  deployer_name text not null,
  probe text not null,
  build_id uuid references build,
  reported_version text,
  reported_digest text,
  reported_at timestamptz,
  probe_verdict text,
  unique (client_id, kind)
);

create table contact (
  id uuid primary key,
  client_id uuid not null references client,
  email text not null check (email = lower(email)),
  name text not null,
  locale text not null check (locale in ('en', 'fr')),
  zone text not null,
  roles text[] not null,
  unreachable_reason text,
  unreachable_since timestamptz,
  unique (client_id, email)
);

-- Every save is a new revision; a revision in use is never edited.
create table calendar (
  id uuid primary key,
  name text not null,
  revision integer not null,
  document jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  unique (name, revision)
);

create table policy (
  id uuid primary key,
  name text not null,
  revision integer not null,
  document jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  unique (name, revision)
);

create table plan (
  id uuid primary key,
  rollout_id uuid,
  change_id uuid not null references change,
  hash text not null,
  planned_at timestamptz not null,
  -- What was ordered: which clients of which change (or of which rollout again), and by which rules.
  request jsonb,
  input jsonb not null,
  content jsonb not null,
  created_by text not null,
  applied_at timestamptz
);

create table rollout (
  id uuid primary key,
  name text not null,
  change_id uuid not null references change,
  build_id uuid references build,
  policy_id uuid not null references policy,
  plan_id uuid not null unique references plan,
  vendor_calendar_id uuid references calendar,
  policy_calendar_id uuid references calendar,
  state text not null check (state in ('draft', 'running', 'paused', 'stopped', 'closed', 'done')),
  since timestamptz not null,
  state_reason text,
  state_by text,
  -- The worst case where the assessment raises the policy's.
  worst_case text,
  failures_counted_from timestamptz not null,
  started_by text not null,
  started_at timestamptz not null,
  ended_at timestamptz
);

create table cohort (
  id uuid primary key,
  rollout_id uuid not null references rollout,
  position integer not null,
  name text not null,
  state text not null check (state in ('waiting', 'open', 'observing', 'passed')),
  since timestamptz not null,
  observe_until timestamptz,
  -- The last start planned for it; a client that moves past it does not hold up the next cohort.
  last_slot_start timestamptz,
  max_in_flight integer,
  unique (rollout_id, position)
);

create table client_rollout (
  id uuid primary key,
  rollout_id uuid not null references rollout,
  client_id uuid not null references client,
  cohort_id uuid not null references cohort,
  plan_position integer not null,
  state text not null check (state in (
    'planned', 'previewing', 'asking', 'agreed', 'scheduled', 'missed', 'deploying', 'verifying', 'done',
    'rejected', 'no-answer', 'failed', 'unknown', 'skipped', 'withdrawn', 'rolled-back')),
  since timestamptz not null,
  reason text,
  consent text not null check (consent in ('inform', 'object', 'approve')),
  no_answer_rule text not null check (no_answer_rule in ('go-ahead', 'wait', 'next-window', 'ask-a-person')),
  client_calendar_id uuid references calendar,
  preview_at timestamptz,
  slot_start timestamptz,
  slot_latest_end timestamptz,
  slot_local_start text,
  notice_at timestamptz,
  notice_deadline timestamptz,
  slot_number integer not null,
  hold_reason text,
  hold_by text,
  hold_until timestamptz,
  held boolean not null,
  preview_generation integer not null,
  production_generation integer not null,
  preview_verified_build_id uuid references build,
  agreed_build_id uuid references build,
  waiting_for_place boolean not null,
  unique (rollout_id, client_id)
);
create index on client_rollout (cohort_id, state);
create index on client_rollout (client_id);
create index on client_rollout (slot_start, plan_position) where waiting_for_place;

create table approval_round (
  id uuid primary key,
  client_rollout_id uuid not null references client_rollout,
  number integer not null,
  build_id uuid not null references build,
  consent text not null check (consent in ('object', 'approve')),
  state text not null check (state in ('open', 'approved', 'rejected', 'no-answer', 'superseded')),
  content_hash text not null,
  live boolean not null,
  opened_at timestamptz not null,
  requested_at timestamptz,
  deadline timestamptz,
  overdue_since timestamptz,
  decided_at timestamptz,
  decided_by uuid references contact,
  decided_name text,
  decided_way text check (decided_way in ('link', 'phone', 'rule')),
  comment text,
  evidence jsonb,
  unique (client_rollout_id, number)
);
create unique index one_open_round_per_client_rollout on approval_round (client_rollout_id) where state = 'open';

-- The secret itself is never stored: it is an HMAC of these ids; only its hash is kept.
create table approval_link (
  id uuid primary key,
  client_rollout_id uuid not null references client_rollout,
  contact_id uuid not null references contact,
  issue_number integer not null,
  token_hash text not null unique,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null,
  unique (client_rollout_id, contact_id, issue_number)
);

create table deployment (
  id uuid primary key,
  client_rollout_id uuid not null references client_rollout,
  rollout_id uuid not null references rollout,
  cohort_id uuid not null references cohort,
  client_id uuid not null references client,
  site_id uuid not null references site,
  site_kind text not null check (site_kind in ('preview', 'production')),
  deployer_id uuid not null references deployer,
  build_id uuid not null references build,
  generation integer not null,
  idempotency_key text not null unique,
  body text not null,
  state text not null check (state in ('claimed', 'dispatching', 'running', 'succeeded', 'failed', 'unknown')),
  since timestamptz not null,
  claimed_at timestamptz not null,
  attempt integer not null,
  permit_until timestamptz,
  uncertain boolean not null,
  operation_id text,
  status_url text,
  deadline timestamptz not null,
  detail text,
  facts jsonb not null,
  verification text check (verification in ('pending', 'match', 'other-version', 'unhealthy', 'unknown')),
  verification_evidence jsonb,
  verified_at timestamptz,
  finished_at timestamptz
);
create unique index one_deployment_without_outcome_per_site on deployment (site_id)
  where state in ('claimed', 'dispatching', 'running');
create index on deployment (client_rollout_id, site_kind, generation desc);
create index on deployment (state) where state in ('claimed', 'dispatching', 'running');
-- The failures of a rollout, counted at every start.
create index on deployment (rollout_id, finished_at)
  where site_kind = 'production'
    and (state in ('failed', 'unknown') or verification in ('other-version', 'unhealthy', 'unknown'));

create table mail_delivery (
  id uuid primary key,
  dedupe_key text not null unique,
  kind text not null,
  rollout_id uuid references rollout,
  client_rollout_id uuid references client_rollout,
  client_id uuid references client,
  contact_id uuid references contact,
  round_id uuid references approval_round,
  bound_to text,
  live boolean not null,
  client_facing boolean not null,
  dated boolean not null,
  snapshot jsonb not null,
  snapshot_sha256 text not null,
  links jsonb not null,
  rfc_message_id text not null,
  thread_root_id text not null,
  lane text not null,
  lane_position bigint not null,
  stream text not null,
  not_before timestamptz not null,
  expires_at timestamptz,
  status text not null check (status in (
    'planned', 'queued', 'sending', 'accepted', 'delivered', 'bounced', 'complained', 'suppressed', 'rejected',
    'unknown', 'needs_human', 'resent', 'dropped', 'cancelled', 'superseded', 'expired')),
  status_since timestamptz not null,
  attempt integer not null,
  lease_until timestamptz,
  attempt_ended_at timestamptz,
  pm_message_id text,
  accepted_at timestamptz,
  last_error text,
  unknown_since timestamptz,
  look_ups integer not null,
  next_lookup_at timestamptz,
  -- Of the calendar entry that travels with it; null = none does.
  calendar_sequence integer,
  -- The date it tells, so that a later one can say what it replaces.
  told_from timestamptz,
  told_until timestamptz,
  -- The delivery a person decided to send once more.
  resends uuid references mail_delivery,
  created_at timestamptz not null
);
create index on mail_delivery (stream, not_before) where status in ('planned', 'queued');
create index on mail_delivery (stream, lease_until) where status = 'sending';
create index on mail_delivery (stream, next_lookup_at) where status in ('unknown', 'needs_human', 'accepted');
create index on mail_delivery (lane, lane_position);
create index on mail_delivery (client_rollout_id, kind);
create index on mail_delivery (pm_message_id);
create sequence mail_lane_position;

create table mail_sender (
  stream text primary key,
  paused_until timestamptz,
  pause_cause text,
  failures integer not null
);

create table webhook_inbox (
  source text not null,
  dedupe_key text not null,
  headers jsonb not null,
  body bytea not null,
  received_at timestamptz not null,
  processed_at timestamptz,
  problem text,
  primary key (source, dedupe_key)
);
create index on webhook_inbox (received_at) where processed_at is null;

create table attention_item (
  id uuid primary key,
  dedupe_key text not null unique,
  kind text not null,
  rollout_id uuid references rollout,
  client_id uuid references client,
  client_rollout_id uuid references client_rollout,
  subject_id text,
  text text not null,
  actions text[] not null,
  owner text,
  raised_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  resolution text
);
create index on attention_item (raised_at) where resolved_at is null;

-- A wake is a level: wanted > sent means a signal is owed, wanted > seen that the loop has not looked since, which
-- began at wanted_at. Until send_after the signal belongs to whoever sends it just now, or waits for its next attempt.
create table wake (
  workflow_id text primary key,
  wanted bigint not null,
  sent bigint not null,
  seen bigint not null,
  wanted_at timestamptz not null,
  send_after timestamptz,
  next_look_at timestamptz,
  failures integer not null,
  last_error text,
  plan_order bigint not null,
  ended boolean not null
);
create index on wake (plan_order) where wanted > sent;
create index on wake (next_look_at) where not ended;
create index on wake (wanted_at) where wanted > seen;

create table event (
  id uuid primary key,
  position bigint unique,
  at timestamptz not null,
  kind text not null,
  actor text not null,
  cause text,
  rollout_id uuid,
  client_id uuid,
  client_rollout_id uuid,
  facts jsonb not null
);
create index on event (at, id) where position is null;
create index on event (rollout_id, position);
create index on event (client_id, position);

create table event_sequence (
  id smallint primary key check (id = 1),
  position bigint not null
);
insert into event_sequence (id, position) values (1, 0);

create table lease (
  name text primary key,
  holder text not null,
  until timestamptz not null
);

-- Issues resolved by a build: its own and those of every build it was made from.
create function resolved_issues(of_build uuid) returns text[] language sql stable as $$
  with recursive line as (
    select b.id, b.based_on, b.issues from build b where b.id = of_build
    union
    select b.id, b.based_on, b.issues from build b join line l on b.id = l.based_on
  )
  select coalesce(array_agg(distinct i.issue order by i.issue), '{}')
  from line l cross join lateral unnest(l.issues) as i (issue)
$$;

-- The locks of a start, in the one order that everybody keeps: vendor, build, deployer, rollout, cohort, client.
-- Not plain `for update`: that one waits for every foreign key that points at these rows, and so deadlocks.
create function lock_for_start(of_client_rollout uuid, of_site_kind text) returns void language plpgsql as $$
declare
  part record;
begin
  select cr.rollout_id, cr.cohort_id, r.build_id, s.deployer_name into part
  from client_rollout cr
  join rollout r on r.id = cr.rollout_id
  join site s on s.client_id = cr.client_id and s.kind = of_site_kind
  where cr.id = of_client_rollout;
  perform 1 from vendor v where v.id = 1 for no key update;
  perform 1 from build b where b.id = part.build_id for no key update;
  perform 1 from deployer d where d.name = part.deployer_name for no key update;
  perform 1 from rollout r where r.id = part.rollout_id for no key update;
  perform 1 from cohort c where c.id = part.cohort_id for no key update;
  perform 1 from client_rollout cr where cr.id = of_client_rollout for no key update;
end
$$;

-- The locks of an outcome, in the same order: what it changes for others, then the client.
create function lock_for_outcome(of_client_rollout uuid) returns void language plpgsql as $$
declare
  part record;
begin
  select cr.rollout_id, cr.cohort_id into part from client_rollout cr where cr.id = of_client_rollout;
  perform 1 from rollout r where r.id = part.rollout_id for no key update;
  perform 1 from cohort c where c.id = part.cohort_id for no key update;
  perform 1 from client_rollout cr where cr.id = of_client_rollout for no key update;
end
$$;
