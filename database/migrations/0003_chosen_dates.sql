-- Dates that clients chose or people promised, what clients ask for, and the cadences that propose the next rollout.
-- Up Migration

-- Whose choice the present slot is; null = the planner's. A slot that the planner gives anew is nobody's choice.
alter table client_rollout
  add column slot_pinned_by text check (slot_pinned_by in ('client', 'person'));

-- Every date that was chosen, the one it took the place of, and by whom.
create table chosen_date (
  id uuid primary key,
  client_rollout_id uuid not null references client_rollout,
  chosen_by text not null check (chosen_by in ('client', 'person')),
  actor text not null,
  slot_start timestamptz not null,
  previous_start timestamptz,
  chosen_at timestamptz not null
);
create index on chosen_date (client_rollout_id);

-- What a client asked for, with the planner's answer of that moment; its terms never change.
create table client_request (
  id uuid primary key,
  client_rollout_id uuid not null references client_rollout,
  kind text not null check (kind in ('freeze', 'preference', 'skip')),
  terms jsonb not null,
  answer jsonb not null,
  state text not null check (state in ('applied', 'waiting')),
  requested_by text not null,
  requested_at timestamptz not null
);
create index on client_request (client_rollout_id);

-- When the next rollout is due, and what for; every save is a new revision.
create table cadence (
  id uuid primary key,
  name text not null,
  revision integer not null,
  document jsonb not null,
  saved_by text not null,
  saved_at timestamptz not null,
  unique (name, revision)
);
