import { newId } from '../../database/new-id.ts';
import type { Queryable } from '../../database/pool.ts';
import type {
  BuildId,
  CalendarId,
  ChangeId,
  ClientRolloutId,
  CohortId,
  PlanId,
  PolicyId,
  RolloutId,
} from '../../domain/ids.ts';
import { type Instant, plusMs } from '../../domain/instant.ts';
import type { Policy } from '../../domain/rollout/policy.ts';
import type { ClientRolloutState, CohortState, RolloutState } from '../../domain/rollout/states.ts';
import {
  clientRolloutWorkflowId,
  rolloutWorkflowId,
} from '../../workflows/contract/workflow-ids.ts';
import { type ClientOptions, insertClient, type TestClient } from './client-fixture.ts';
import { insertAcceptedNotice, insertVerifiedDeployment } from './past-fixture.ts';
import {
  type BuildOptions,
  insertBuild,
  insertChange,
  insertPolicy,
  insertRow,
  json,
  rightNow,
} from './fixtures.ts';

/** What the test says about a rollout; everything else has the usual values. */
export interface RolloutOptions {
  /** How many, or who; one client unless said otherwise. */
  readonly clients?: number | readonly ClientOptions[];
  readonly policy?: Partial<Policy>;
  readonly change?: Parameters<typeof insertChange>[1];
  /** Null = the change has no build yet. */
  readonly build?: BuildOptions | null;
  /** The build both sites start with; null = nobody knows. */
  readonly baseline?: BuildOptions | null;
  readonly state?: RolloutState;
  /** State of every client's part: `planned`, or `scheduled` with every gate open but the cohort's. */
  readonly clientState?: ClientRolloutState;
  /** Clients are dealt out to the cohorts in turn; one open cohort unless said otherwise. */
  readonly cohorts?: readonly {
    readonly name: string;
    readonly state?: CohortState;
    readonly maxInFlight?: number;
  }[];
  readonly vendorCalendarId?: CalendarId;
  readonly policyCalendarId?: CalendarId;
  readonly clientCalendarId?: CalendarId;
  readonly slotStart?: Instant;
  readonly slotLatestEnd?: Instant;
  readonly noticeAt?: Instant;
  readonly noticeDeadline?: Instant;
  readonly previewAt?: Instant;
  readonly plan?: { readonly hash?: string; readonly input?: unknown; readonly content?: unknown };
}

/** A client with its part of the rollout. */
export interface TestClientRollout extends TestClient {
  readonly clientRolloutId: ClientRolloutId;
  readonly cohortId: CohortId;
  readonly workflowId: string;
}

/** The ids of an inserted rollout. */
export interface TestRollout {
  readonly rolloutId: RolloutId;
  readonly changeId: ChangeId;
  readonly buildId: BuildId | null;
  readonly baselineId: BuildId | null;
  readonly policyId: PolicyId;
  readonly policy: Policy;
  readonly cohortIds: readonly CohortId[];
  readonly clients: readonly TestClientRollout[];
  readonly workflowId: string;
}

const minuteMs = 60_000;

/** A started rollout with its clients, cohorts and wakes. Vendor and deployer must be there already. */
export async function insertRollout(
  db: Queryable,
  options: RolloutOptions = {},
): Promise<TestRollout> {
  const baselineId =
    options.baseline === null ? null : await insertBuild(db, null, options.baseline);
  const changeId = await insertChange(db, options.change);
  const buildId = await insertTarget(db, changeId, baselineId, options);
  const { id: policyId, policy } = await insertPolicy(db, options.policy);
  const rolloutId = newId<RolloutId>();
  await insertPlanAndRollout(db, { rolloutId, changeId, buildId, policyId }, options);
  const cohortIds = await insertCohorts(db, rolloutId, options);
  const rollout = { rolloutId, changeId, buildId, baselineId, policyId, policy, cohortIds };
  const clients: TestClientRollout[] = [];
  for (const [index, client] of clientsOf(options).entries()) {
    clients.push(await insertClientRollout(db, { rollout, index, client }, options));
  }
  const workflowId = rolloutWorkflowId(rolloutId);
  await insertWake(db, workflowId);
  return { ...rollout, clients, workflowId };
}

function clientsOf({ clients = 1 }: RolloutOptions): readonly ClientOptions[] {
  return typeof clients === 'number' ? Array.from({ length: clients }, () => ({})) : clients;
}

async function insertTarget(
  db: Queryable,
  changeId: ChangeId,
  baselineId: BuildId | null,
  options: RolloutOptions,
): Promise<BuildId | null> {
  if (options.build === null) return null;
  const basedOn = baselineId === null ? {} : { basedOn: baselineId };
  const version = options.change?.version === undefined ? {} : { version: options.change.version };
  return await insertBuild(db, changeId, { ...basedOn, ...version, ...options.build });
}

async function insertPlanAndRollout(
  db: Queryable,
  ids: Pick<TestRollout, 'rolloutId' | 'changeId' | 'buildId' | 'policyId'>,
  options: RolloutOptions,
): Promise<void> {
  const planId = newId<PlanId>();
  const at = rightNow();
  const plan = { hash: 'sha256:0', input: {}, content: {}, ...options.plan };
  await insertRow(db, 'plan', {
    id: planId,
    rollout_id: ids.rolloutId,
    change_id: ids.changeId,
    hash: plan.hash,
    planned_at: at,
    input: json(plan.input),
    content: json(plan.content),
    created_by: 'test',
  });
  await insertRow(db, 'rollout', {
    id: ids.rolloutId,
    name: options.change?.title ?? 'Parking map',
    change_id: ids.changeId,
    build_id: ids.buildId,
    policy_id: ids.policyId,
    plan_id: planId,
    vendor_calendar_id: options.vendorCalendarId ?? null,
    policy_calendar_id: options.policyCalendarId ?? null,
    state: options.state ?? 'running',
    since: at,
    failures_counted_from: at,
    started_by: 'test',
    started_at: at,
  });
}

async function insertCohorts(
  db: Queryable,
  rolloutId: RolloutId,
  options: RolloutOptions,
): Promise<readonly CohortId[]> {
  const ids: CohortId[] = [];
  for (const [index, cohort] of (options.cohorts ?? [{ name: 'All' }]).entries()) {
    const id = newId<CohortId>();
    await insertRow(db, 'cohort', {
      id,
      rollout_id: rolloutId,
      position: index + 1,
      name: cohort.name,
      state: cohort.state ?? (index === 0 ? 'open' : 'waiting'),
      since: rightNow(),
      max_in_flight: cohort.maxInFlight ?? null,
    });
    ids.push(id);
  }
  return ids;
}

async function insertClientRollout(
  db: Queryable,
  of: {
    readonly rollout: Omit<TestRollout, 'clients' | 'workflowId'>;
    readonly index: number;
    readonly client: ClientOptions;
  },
  options: RolloutOptions,
): Promise<TestClientRollout> {
  const { rollout, index } = of;
  const client = await insertClient(db, { currentBuildId: rollout.baselineId, ...of.client });
  const clientRolloutId = newId<ClientRolloutId>();
  const cohortId = rollout.cohortIds[index % rollout.cohortIds.length];
  if (cohortId === undefined) throw new Error('A rollout of a test needs a cohort');
  const { state, slotStart } = startOf(options);
  const hasAgreed = ['agreed', 'scheduled', 'missed', 'deploying', 'verifying'].includes(state);
  await insertRow(db, 'client_rollout', {
    id: clientRolloutId,
    rollout_id: rollout.rolloutId,
    client_id: client.clientId,
    cohort_id: cohortId,
    plan_position: index + 1,
    state,
    since: rightNow(),
    consent: rollout.policy.consent,
    no_answer_rule: rollout.policy.noAnswerRule,
    client_calendar_id: options.clientCalendarId ?? null,
    preview_at: options.previewAt ?? null,
    ...slotColumns(slotStart, options),
    held: false,
    preview_generation: 1,
    production_generation: 1,
    preview_verified_build_id: hasAgreed ? rollout.buildId : null,
    agreed_build_id: hasAgreed ? rollout.buildId : null,
    waiting_for_place: false,
  });
  const workflowId = clientRolloutWorkflowId(rollout.rolloutId, client.clientId);
  await insertWake(db, workflowId, index + 1);
  const inserted = { ...client, clientRolloutId, cohortId, workflowId };
  if (hasAgreed && rollout.policy.previewRequired) {
    await insertVerifiedDeployment(db, { ...rollout, client: inserted }, 'preview');
  }
  if (state === 'scheduled') await insertAcceptedNotice(db, inserted, rollout, slotStart);
  return inserted;
}

function startOf(options: RolloutOptions): {
  readonly state: ClientRolloutState;
  readonly slotStart: Instant;
} {
  return {
    state: options.clientState ?? 'planned',
    slotStart: options.slotStart ?? plusMs(rightNow(), -minuteMs),
  };
}

function slotColumns(start: Instant, options: RolloutOptions): Readonly<Record<string, unknown>> {
  return {
    slot_start: start,
    slot_latest_end: options.slotLatestEnd ?? plusMs(start, 180 * minuteMs),
    slot_local_start: start.slice(0, 16),
    notice_at: options.noticeAt ?? plusMs(start, -minuteMs),
    notice_deadline: options.noticeDeadline ?? start,
    slot_number: 1,
  };
}

async function insertWake(db: Queryable, workflowId: string, planOrder = 0): Promise<void> {
  await insertRow(db, 'wake', {
    workflow_id: workflowId,
    wanted: 1,
    sent: 0,
    seen: 0,
    wanted_at: rightNow(),
    failures: 0,
    plan_order: planOrder,
    ended: false,
  });
}
