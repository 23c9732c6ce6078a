import { plan } from '../../../../domain/rollout/plan.ts';
import type { PlanInput } from '../../../../domain/rollout/plan-input.ts';
import {
  type Assumptions,
  assumptionsFrom,
} from '../../../../domain/rollout/rehearsal/assumptions.ts';
import { type Rehearsal, rehearse } from '../../../../domain/rollout/rehearsal/rehearse.ts';
import { duration, planClient, planInput, policyOf } from '../plan-input-of.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A world in which everything takes as long as it always takes, and nothing goes wrong. */
const smooth: Assumptions = {
  previewMs: [hour],
  productionMs: [20 * minute],
  answerMs: [3 * hour],
  silencePercent: 0,
  declinePercent: 0,
  failurePercent: 0,
  personMs: 4 * hour,
  mailMs: 5_000,
  sources: ['assumed'],
};

const approving = policyOf('action-release', { lead: { businessDays: 2 } });

function clients(count: number, cohort = 0) {
  return Array.from({ length: count }, (_, index) =>
    planClient(`client-${cohort}-${index}`, { consent: 'approve', cohort }),
  );
}

function rehearsalOf(
  differences: Partial<PlanInput>,
  assumptions: Partial<Assumptions> = {},
  options: Partial<Parameters<typeof rehearse>[3]> = {},
): Rehearsal {
  const input = planInput({ policy: approving, ...differences });
  return rehearse(
    input,
    plan(input),
    { ...smooth, ...assumptions },
    { seed: 1, runs: 1, zone: 'America/Toronto', ...options },
  );
}

const timesOf = ({ timeline }: Rehearsal): readonly string[] =>
  timeline.map(({ at, text }) => `${at} ${text}`);

it('lets a rollout without trouble happen exactly as it was planned', () => {
  const rehearsal = rehearsalOf({ clients: clients(2) });

  expect(timesOf(rehearsal)).toEqual([
    '2026-11-24T17:00:00.000Z the first preview is prepared',
    '2026-11-24T18:00:00.000Z the first client is asked',
    '2026-12-03T14:00:00.000Z the first notice leaves',
    '2026-12-09T01:00:00.000Z All: production begins',
    '2026-12-09T01:20:00.000Z the rollout is done',
  ]);
  expect(rehearsal).toMatchObject({
    completeRuns: 1,
    verified: { min: 2, median: 2, max: 2 },
    completion: { p50: '2026-12-09T01:20:00.000Z', p90: '2026-12-09T01:20:00.000Z' },
  });
});

it('opens the next cohort only after the one before was observed', () => {
  const cohorts = [
    { name: 'Pilot', maxInFlight: null },
    { name: 'Rest', maxInFlight: null },
  ];

  const rehearsal = rehearsalOf({ cohorts, clients: [...clients(1, 0), ...clients(1, 1)] });

  expect(timesOf(rehearsal).slice(3)).toEqual([
    '2026-12-09T01:00:00.000Z Pilot: production begins',
    '2026-12-09T01:20:00.000Z Pilot: enough clients are verified, it is observed',
    '2026-12-10T01:20:00.000Z Pilot: observed long enough',
    '2026-12-10T01:45:00.000Z Rest: production begins',
    '2026-12-10T02:05:00.000Z the rollout is done',
  ]);
});

it('counts the mails that would leave, to all who read them', () => {
  const two = clients(2).map((client) => ({
    ...client,
    reachableApprovers: 2,
    reachableInformed: 3,
  }));

  const { messages } = rehearsalOf({ clients: two });

  expect(messages).toEqual([
    { kind: 'completed', count: 6 },
    { kind: 'notice', count: 6 },
    { kind: 'approval-recorded', count: 4 },
    { kind: 'release-on-preview', count: 4 },
  ]);
});

it('lets a person reach a client that never answers, after its time is over', () => {
  const rehearsal = rehearsalOf({ clients: clients(1) }, { silencePercent: 100 });

  expect(timesOf(rehearsal)).toContain(
    '2026-12-01T22:00:00.000Z a person reaches the first client that did not answer',
  );
  expect(rehearsal.verified.min).toBe(1);
});

it('goes ahead at the deadline where the rule of the client says so', () => {
  const silent = clients(1).map((client) => ({ ...client, noAnswerRule: 'go-ahead' as const }));

  const rehearsal = rehearsalOf({ clients: silent }, { silencePercent: 100 });

  expect(rehearsal.messages.map(({ kind }) => kind)).not.toContain('approval-recorded');
  expect(rehearsal.verified.min).toBe(1);
});

it('ends without those who decline', () => {
  const rehearsal = rehearsalOf({ clients: clients(3) }, { declinePercent: 100 });

  expect(rehearsal).toMatchObject({ verified: { max: 0 }, completeRuns: 1 });
  expect(timesOf(rehearsal).filter((text) => text.includes('declines'))).toHaveLength(3);
});

it('plans clients again that missed their slot because the preview took too long', () => {
  const days = 24 * hour;

  const rehearsal = rehearsalOf({ clients: clients(1) }, { previewMs: [16 * days] });

  const times = timesOf(rehearsal);
  expect(times.findIndex((text) => text.includes('misses its slot'))).toBeGreaterThan(0);
  expect(times).toContainEqual(expect.stringContaining('planned again'));
  expect(rehearsal).toMatchObject({ completeRuns: 1, verified: { min: 1 } });
});

it('pauses after as many failures as the policy allows, and goes on when a person resumed', () => {
  const policy = { ...approving, pauseAfterFailures: 1, maxInFlight: 1 };
  const input = { policy, clients: clients(6) };

  const rehearsal = rehearsalOf(input, { failurePercent: 40 }, { runs: 20 });

  const times = timesOf(rehearsal);
  const pause = times.findIndex((text) => text.includes('paused: too many failures'));
  const resumption = times.findIndex((text) => text.includes('resumed by a person'));
  expect(pause).toBeGreaterThan(0);
  expect(resumption).toBeGreaterThan(pause);
});

it('says how many have no date, and does not wait for them', () => {
  const closed = { zone: 'client', allow: 'always', deny: [{ name: 'moving house' }] };
  const homeless = planClient('elm', {
    layers: [{ layer: 'client', calendarId: 'closed' }],
    calendarId: 'closed',
  });
  const { calendars } = planInput();

  const rehearsal = rehearsalOf({
    calendars: { ...calendars, closed },
    clients: [...clients(2), homeless],
  });

  expect(rehearsal).toMatchObject({ clients: 3, placed: 2, completeRuns: 1 });
  expect(rehearsal.sentence).toContain('2 of 3 clients have a date');
});

it('tells the busiest hour of support and the sentence for the boss', () => {
  const rehearsal = rehearsalOf({ clients: clients(2) }, {}, { runs: 10 });

  expect(rehearsal.busiestHour).toEqual({
    start: '2026-12-09T01:00:00.000Z',
    end: '2026-12-09T02:00:00.000Z',
    messages: 2,
    deployments: 2,
  });
  expect(rehearsal.sentence).toBe(
    '2 of 2 clients have a date; in 10 rehearsals half were complete by Tuesday 8 December 2026 and nine of ten by Tuesday 8 December 2026; support is busiest on Tuesday 8 December 2026 from 20:00 (2 mails, 2 deployments begin).',
  );
});

const troubled = { failurePercent: 20, silencePercent: 30, previewMs: [hour, 5 * hour, 30 * hour] };

it('gives the same rehearsal for the same seed, whatever the order of the rows', () => {
  const first = rehearsalOf({ clients: clients(8) }, troubled, { runs: 5 });
  const second = rehearsalOf({ clients: clients(8).reverse() }, troubled, { runs: 5 });

  expect(second).toEqual(first);
});

it('gives another rehearsal for another seed', () => {
  const first = rehearsalOf({ clients: clients(8) }, troubled);
  const second = rehearsalOf({ clients: clients(8) }, troubled, { seed: 77 });

  expect(timesOf(second)).not.toEqual(timesOf(first));
});

it('never begins more at once than any limit allows', () => {
  const policy = { ...approving, maxInFlight: 1 };
  const quick = { productionMs: [10 * minute, 40 * minute] };

  const rehearsal = rehearsalOf({ policy, clients: clients(6) }, quick, { runs: 30 });

  expect(rehearsal.busiestHour?.deployments).toBeLessThanOrEqual(2);
  expect(rehearsal.completeRuns).toBe(30);
});

it('names nobody a completion date when most runs do not end', () => {
  const rehearsal = rehearsalOf({ clients: clients(1) }, { previewMs: [400 * 24 * hour] });

  expect(rehearsal).toMatchObject({ completeRuns: 0, completion: { p50: null, p90: null } });
  expect(rehearsal.sentence).toContain('not within a year');
});

const noPast = {
  previewMs: [],
  productionMs: [],
  answerMs: [],
  rounds: { decided: 0, silent: 0, declined: 0 },
  deployments: { ended: 0, failed: 0 },
};

it('supposes usual figures where there is no past, and says so', () => {
  const policy = { ...approving, worstCase: duration('PT60M'), previewAllowance: duration('PT4H') };

  const assumptions = assumptionsFrom(policy, noPast);

  expect(assumptions.previewMs).toEqual([2 * hour, 4 * hour]);
  expect(assumptions.productionMs).toEqual([20 * minute, 30 * minute, 60 * minute]);
  expect(assumptions.sources.slice(0, 2)).toEqual([
    'a preview takes 4 h in the middle (assumed)',
    'production takes 30 min in the middle (assumed)',
  ]);
});

it("takes the vendor's own past as soon as it says enough", () => {
  const answerMs = [1, 2, 3, 4, 5].map((hours) => hours * hour);
  const rounds = { decided: 8, silent: 2, declined: 3 };
  const deployments = { ended: 40, failed: 1 };

  const assumptions = assumptionsFrom(approving, { ...noPast, answerMs, rounds, deployments });

  expect(assumptions).toMatchObject({
    answerMs,
    silencePercent: 25,
    declinePercent: 50,
    failurePercent: 2.5,
  });
  expect(assumptions.sources).toContain('an answer takes 3 h in the middle (from 5 of your own)');
  expect(assumptions.sources).toContain('clients who never answer: 25 % (2 of 8 of your own)');
});

it('lets somebody suppose worse than the past', () => {
  const assumptions = assumptionsFrom(approving, noPast, { failurePercent: 50, silencePercent: 0 });

  expect(assumptions).toMatchObject({ failurePercent: 50, silencePercent: 0 });
  expect(assumptions.sources).toContain('deployments that fail: 50 % (as chosen)');
});
