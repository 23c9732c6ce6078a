import { answerDeadline } from '../../domain/calendar/notice-deadline.ts';
import type { ClientId, ClientRolloutId, RolloutId } from '../../domain/ids.ts';
import type {
  ClientFacts,
  DeploymentFacts,
  RoundFacts,
  SlotFacts,
} from '../../domain/rollout/client-facts.ts';
import type { CalendarShelf } from '../calendar-shelf.ts';
import type { Queryable } from '../pool.ts';
import { agreedLayersOf } from './agreed-layers.ts';
import {
  type ClientFactsRow,
  selectFactsOfClient,
  selectFactsOfPart,
  selectFactsOfRollout,
} from './client-facts-row.ts';

/** Whose facts are wanted: one client's part, or all of a rollout. */
export type ClientFactsQuery =
  | { readonly clientRolloutId: ClientRolloutId }
  | { readonly rolloutId: RolloutId; readonly clientId?: ClientId };

/** Reads all that the gates and the next step follow from, in plan order, as of this transaction. */
export async function readClientFacts(
  db: Queryable,
  query: ClientFactsQuery,
  shelf: CalendarShelf,
): Promise<readonly ClientFacts[]> {
  const rows = await rowsOf(db, query);
  await shelf.fetch(
    db,
    rows.flatMap((row) => [
      row.vendor_calendar_id,
      row.policy_calendar_id,
      row.client_calendar_id,
      ...(row.agreed_layers ?? []).map(({ id }) => id),
    ]),
  );
  return rows.map((row) => factsOf(row, shelf));
}

async function rowsOf(db: Queryable, query: ClientFactsQuery): Promise<readonly ClientFactsRow[]> {
  if ('clientRolloutId' in query) {
    return await db.rows<ClientFactsRow>(selectFactsOfPart, [query.clientRolloutId]);
  }
  const { rolloutId, clientId } = query;
  if (clientId === undefined) {
    return await db.rows<ClientFactsRow>(selectFactsOfRollout, [rolloutId]);
  }
  return await db.rows<ClientFactsRow>(selectFactsOfClient, [rolloutId, clientId]);
}

function factsOf(row: ClientFactsRow, shelf: CalendarShelf): ClientFacts {
  const time = shelf.clientTime(row.client_calendar_id, row.zone);
  return {
    clientRolloutId: row.client_rollout_id,
    rolloutId: row.rollout_id,
    clientId: row.client_id,
    planPosition: row.plan_position,
    state: row.state,
    since: row.since,
    changeKind: row.change_kind,
    critical: row.critical,
    policy: row.policy,
    consent: row.consent,
    noAnswerRule: row.no_answer_rule,
    control: {
      live: row.live,
      rollout: row.rollout_state,
      rolloutReason: row.rollout_reason,
      hold: row.held
        ? { reason: row.hold_reason ?? '', by: row.hold_by ?? '', until: row.hold_until }
        : null,
    },
    client: { zone: row.zone, tags: row.tags, time },
    layers: [
      ...shelf.layer('vendor', row.vendor_calendar_id),
      ...shelf.layer('policy', row.policy_calendar_id),
      ...shelf.layer('client', row.client_calendar_id),
      ...agreedLayersOf(row.agreed_layers, shelf),
    ],
    build: row.build,
    minimumVersion: row.minimum_version,
    previewAt: row.preview_at,
    ...sitesOf(row),
    round: roundOf(row, time),
    agreedBuildId: row.agreed_build_id,
    slot: slotOf(row),
    noDateReason: row.no_date_reason,
    notice: {
      written: row.notices > 0,
      acceptedAt: row.notice_accepted_at,
      undeliverable: row.notices > 0 && row.notices === row.notices_undeliverable,
    },
    cohort: cohortOf(row),
    capacity: capacityOf(row),
  };
}

function sitesOf(row: ClientFactsRow): Pick<ClientFacts, 'preview' | 'production'> {
  return {
    preview: {
      current: row.preview_current,
      deployment: deploymentOf(row.preview_deployment),
      leftover: deploymentOf(row.preview_leftover),
      busyWith: row.preview_busy_with,
    },
    production: {
      current: row.production_current,
      deployment: deploymentOf(row.production_deployment),
      leftover: deploymentOf(row.production_leftover),
      busyWith: row.production_busy_with,
    },
  };
}

function cohortOf(row: ClientFactsRow): ClientFacts['cohort'] {
  return {
    id: row.cohort_id,
    name: row.cohort_name,
    state: row.cohort_state,
    previousName: row.previous_name,
    previousObserveUntil: row.previous_observe_until,
    failures: row.cohort_failures,
    rolloutFailures: row.rollout_failures,
  };
}

function capacityOf(row: ClientFactsRow): ClientFacts['capacity'] {
  const { policy } = row;
  return {
    preview: [
      {
        of: 'deployer',
        inFlight: row.preview_deployer_in_flight,
        limit: row.preview_deployer_limit,
      },
    ],
    production: [
      {
        of: 'cohort',
        inFlight: row.cohort_in_flight,
        limit: row.cohort_limit ?? policy.maxInFlight,
      },
      { of: 'rollout', inFlight: row.rollout_in_flight, limit: policy.maxInFlight },
      { of: 'deployer', inFlight: row.deployer_in_flight, limit: row.deployer_limit },
      { of: 'vendor', inFlight: row.vendor_in_flight, limit: row.vendor_limit },
    ],
  };
}

function deploymentOf(row: ClientFactsRow['preview_deployment']): DeploymentFacts | null {
  if (row === null) return null;
  return { ...row, permitUntil: isoInstant(row.permitUntil), deadline: isoInstant(row.deadline) };
}

function roundOf(
  row: ClientFactsRow,
  time: ReturnType<CalendarShelf['clientTime']>,
): RoundFacts | null {
  const { round } = row;
  if (round === null) return null;
  const requestedAt = isoInstant(round.requestedAt);
  const derived =
    requestedAt === null ? null : answerDeadline(requestedAt, row.policy.answerWithin, time);
  return {
    ...round,
    requestedAt,
    deadline: isoInstant(round.deadline) ?? derived,
    overdueSince: isoInstant(round.overdueSince),
  };
}

function slotOf(row: ClientFactsRow): SlotFacts | null {
  const { slot_start, slot_latest_end, notice_at, notice_deadline } = row;
  if (slot_start === null || slot_latest_end === null) return null;
  if (notice_at === null || notice_deadline === null) return null;
  return {
    start: slot_start,
    latestEnd: slot_latest_end,
    noticeAt: notice_at,
    noticeDeadline: notice_deadline,
  };
}

/** JSON built by SQL carries times as Postgres writes them in JSON; inside they are always instants. */
function isoInstant<Text extends string | null>(text: Text): Text {
  return (text === null ? null : new Date(text).toISOString()) as Text;
}
