import { type Duration, durationMs } from '../../domain/duration.ts';
import type { ClientId, PolicyId } from '../../domain/ids.ts';
import type { Instant, LocalDate } from '../../domain/instant.ts';
import { stricterConsent } from '../../domain/client/agreed-terms.ts';
import { assignCohorts } from '../../domain/rollout/assign-cohorts.ts';
import { choosePolicy, type Impact } from '../../domain/rollout/choose-policy.ts';
import type { PlanClient, PlanInput } from '../../domain/rollout/plan-input.ts';
import type { NewPlanRequest } from '../../domain/rollout/plan-request.ts';
import type { Policy } from '../../domain/rollout/policy.ts';
import type { Queryable } from '../pool.ts';
import { readCalendarRevision } from '../stores/calendar.store.ts';
import { type PolicyRevision, readPolicy } from '../stores/policy.store.ts';
import { type AgreedByClient, readAgreedTerms } from './plan-agreements.read-model.ts';
import { readNoteLocales } from './plan-subject.read-model.ts';
import {
  type PlanClientRow,
  readCalendarDocuments,
  readPlanClients,
  readTakenSlots,
} from './plan-clients.read-model.ts';

/** What a plan is made from, or why there is nothing to plan from. */
export type PlanInputReading =
  | {
      readonly kind: 'read';
      readonly input: PlanInput;
      readonly policyId: PolicyId;
      /** The worst case when the assessment raised it above the policy's. */
      readonly raisedWorstCase: Duration | null;
    }
  | PlanInputProblem;

export interface PlanInputProblem {
  readonly kind: 'problem';
  readonly code: string;
  readonly message: string;
}

/** Reads everything a new rollout's plan follows from, as of this snapshot or transaction. */
export async function readPlanInput(
  db: Queryable,
  request: NewPlanRequest,
  plannedAt: Instant,
): Promise<PlanInputReading> {
  const change = await readChange(db, request);
  if (change === null) {
    return problem('CHANGE_NOT_FOUND', 'There is no such change; create it before planning.');
  }
  const revision = await readPolicyFor(db, request, change);
  if ('kind' in revision) return revision;
  const clients = await readClients(db, request, change);
  if ('kind' in clients) return clients;
  const calendarIds = await readCalendarIds(db, revision.policy, change);
  if ('kind' in calendarIds) return calendarIds;
  const worstCase = worstCaseOf(revision.policy, change.downtime_minutes);
  const cohorts = request.cohorts ?? revision.policy.cohorts;
  const policy: Policy = { ...revision.policy, worstCase, cohorts };
  const clientIds = clients.map(({ client }) => client.clientId);
  const agreed = await readAgreedTerms(db, { clientIds, critical: change.critical, at: plannedAt });
  const input: PlanInput = {
    plannedAt,
    changeKind: change.kind,
    critical: change.critical,
    policy,
    earliestDate: request.earliestDate ?? change.earliest_date,
    latestDate: request.latestDate ?? change.latest_date,
    ...calendarIds,
    calendars: {
      ...agreed.calendars,
      ...(await readCalendarDocuments(db, [
        ...Object.values(calendarIds),
        ...clients.map(({ client }) => client.calendarId),
      ])),
    },
    vendorLimit: change.vendor_limit,
    previewLimit: previewLimitOf(policy, change.vendor_limit),
    noteLocales: await readNoteLocales(db, request.changeId),
    ...withCohorts(policy, { rows: clients, reportedBy: change.reported_by, agreed }),
    taken: await readTakenSlots(db, { besides: null, endingAfter: plannedAt }),
  };
  const raisedWorstCase = worstCase === revision.policy.worstCase ? null : worstCase;
  return { kind: 'read', input, policyId: revision.id, raisedWorstCase };
}

/** A reading that failed, with what to do next in its message. */
export function problem(code: string, message: string): PlanInputProblem {
  return { kind: 'problem', code, message };
}

/** Preview deployments at once. */
export function previewLimitOf({ previewMaxInFlight }: Policy, vendorLimit: number): number {
  return previewMaxInFlight ?? vendorLimit;
}

/** A calendar that is named somewhere but was never saved closes nothing, so nothing is planned by it. */
export function calendarProblem(name: string): PlanInputProblem {
  return problem(
    'CALENDAR_NOT_FOUND',
    `Calendar "${name}" does not exist; save it, or name another.`,
  );
}

interface ChangeRow {
  readonly kind: 'hotfix' | 'release';
  readonly critical: boolean;
  readonly earliest_date: LocalDate | null;
  readonly latest_date: LocalDate | null;
  readonly impact: Impact | null;
  readonly downtime_minutes: number | null;
  readonly reported_by: readonly ClientId[];
  readonly vendor_limit: number;
  readonly vendor_calendar: string | null;
}

async function readChange(db: Queryable, request: NewPlanRequest): Promise<ChangeRow | null> {
  const rows = await db.rows<ChangeRow>(
    `select
       ch.kind, ch.critical, ch.earliest_date, ch.latest_date, a.impact, a.downtime_minutes,
       coalesce(a.reported_by, '{}') as reported_by, v.max_in_flight as vendor_limit,
       v.calendar_name as vendor_calendar
     from change ch
     join vendor v on v.id = 1
     left join lateral (
       select s.impact, s.downtime_minutes, s.reported_by
       from assessment s
       where s.change_id = ch.id
       order by s.assessed_at desc
       limit 1
     ) a on true
     where ch.id = $1`,
    [request.changeId],
  );
  return rows[0] ?? null;
}

async function readPolicyFor(
  db: Queryable,
  request: NewPlanRequest,
  change: ChangeRow,
): Promise<PolicyRevision | PlanInputProblem> {
  const name = request.policyName ?? choosePolicy(change);
  if (name === null) {
    const message = 'This release was not assessed; record its impact, or name a policy.';
    return problem('CHANGE_NOT_ASSESSED', message);
  }
  const revision = await readPolicy(db, name);
  if (revision !== null) return revision;
  return problem('POLICY_NOT_FOUND', `Policy "${name}" does not exist; save it, or name another.`);
}

async function readClients(
  db: Queryable,
  { clients: selection }: NewPlanRequest,
  change: ChangeRow,
): Promise<readonly PlanClientRow[] | PlanInputProblem> {
  const { reporters = false, ...named } = selection;
  const query = { ...named, clientIds: reporters ? change.reported_by : [] };
  const clients = await readPlanClients(db, query);
  const found = new Set(clients.map(({ client }) => client.key));
  const lacking = (named.keys ?? []).filter((key) => !found.has(key));
  if (lacking.length > 0) {
    const message = `No active client has the key ${lacking.join(', ')}; correct it, or activate the client.`;
    return problem('CLIENT_NOT_FOUND', message);
  }
  if (clients.length === 0) {
    return problem('NO_CLIENTS', 'No active client is selected; name clients, tags or all.');
  }
  const siteless = clients.filter(({ hasSites }) => !hasSites).map(({ client }) => client.key);
  if (siteless.length > 0) {
    const message = `These clients lack a preview or production site: ${siteless.join(', ')}; add the sites, or select others.`;
    return problem('CLIENT_WITHOUT_SITES', message);
  }
  const missing = clients.find(({ missingCalendar }) => missingCalendar !== null)?.missingCalendar;
  return missing ? calendarProblem(missing) : clients;
}

/** The newest revision of a calendar by its name; `missing` when it was never saved. */
export async function calendarNamed(
  db: Queryable,
  name: string | null,
): Promise<{ readonly id: string | null; readonly missing: string | null }> {
  if (name === null) return { id: null, missing: null };
  const revision = await readCalendarRevision(db, name);
  return revision === null ? { id: null, missing: name } : { id: revision.id, missing: null };
}

async function readCalendarIds(
  db: Queryable,
  policy: Policy,
  change: ChangeRow,
): Promise<
  Pick<PlanInput, 'vendorCalendarId' | 'policyCalendarId' | 'previewCalendarId'> | PlanInputProblem
> {
  const vendor = await calendarNamed(db, change.vendor_calendar);
  const ofPolicy = await calendarNamed(db, policy.calendar);
  const preview = await calendarNamed(db, policy.previewCalendar ?? null);
  const missing = [vendor, ofPolicy, preview].find((each) => each.missing !== null)?.missing;
  if (missing) return calendarProblem(missing);
  return {
    vendorCalendarId: vendor.id,
    policyCalendarId: ofPolicy.id,
    previewCalendarId: preview.id,
  };
}

function worstCaseOf({ worstCase }: Policy, downtimeMinutes: number | null): Duration {
  if (downtimeMinutes === null || downtimeMinutes * 60_000 <= durationMs(worstCase)) {
    return worstCase;
  }
  return `PT${downtimeMinutes}M` as Duration;
}

function withCohorts(
  policy: Policy,
  {
    rows,
    reportedBy,
    agreed,
  }: {
    readonly rows: readonly PlanClientRow[];
    readonly reportedBy: readonly ClientId[];
    readonly agreed: AgreedByClient;
  },
): Pick<PlanInput, 'cohorts' | 'clients'> {
  const members = rows.map(({ client }) => ({
    ...client,
    reported: reportedBy.includes(client.clientId),
  }));
  const { cohorts, cohortOf } = assignCohorts(policy.cohorts, members);
  const clients = members.map((member, index): PlanClient => ({
    ...member,
    cohort: cohortOf[index] ?? 0,
    ...agreed.layersOf(member),
    consent: stricterConsent(
      member.reported ? (policy.reportersConsent ?? policy.consent) : policy.consent,
      agreed.consentOf(member.clientId),
    ),
    noAnswerRule: policy.noAnswerRule,
    stage: 'new',
    keeps: null,
    pinned: null,
    current: null,
  }));
  return { cohorts, clients };
}
