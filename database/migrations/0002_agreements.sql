-- What clients agreed that differs from the policy, and which wall clock a date was promised on.
-- Up Migration

-- An agreement never changes once it is made; that it ended is a fact of its own.
create table agreement (
  id uuid primary key,
  client_id uuid not null references client,
  kind text not null check (kind in ('calendar', 'freeze', 'lead', 'consent', 'moves')),
  document jsonb not null,
  -- Who agreed to it and where that can be looked up: a contract, a call, a mail.
  source text not null,
  owner text not null,
  -- The first and the last day it holds on, in the client's zone; no last day = until it is ended.
  since date not null,
  expires date check (expires >= since),
  binds_critical boolean not null,
  created_by text not null,
  created_at timestamptz not null
);
create index on agreement (client_id);

create table agreement_end (
  agreement_id uuid primary key references agreement,
  ended_at timestamptz not null,
  ended_by text not null,
  reason text not null
);

-- The wall clock of a promised date, and the release of the zone database its instant was derived with.
alter table client_rollout
  add column slot_zone text,
  add column slot_zone_data text;

update client_rollout as cr
set slot_zone = cl.zone
from client cl
where cl.id = cr.client_id and cr.slot_start is not null;
