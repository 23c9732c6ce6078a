import {
  answerClientRequest,
  type RequestOutcome,
} from '../../../activities/planning/answer-client-request.ts';
import { makeAgreement } from '../../../activities/planning/agreements.ts';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import { skipClients } from '../../../activities/planning/skip-clients.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import { readClientRequests } from '../../../database/stores/client-request.store.ts';
import { dayOf, weekdayOf } from '../../../domain/calendar/local-time.ts';
import type { RolloutId } from '../../../domain/ids.ts';
import { type Instant, type LocalDate, plusMs } from '../../../domain/instant.ts';
import type { RequestTerms } from '../../../domain/rollout/answer-request.ts';
import type { Policy } from '../../../domain/rollout/policy.ts';
import { insertBuild, insertChange } from '../../support/fixtures.ts';
import {
  eventKinds,
  openPlanningWorld,
  type PlanningWorld,
  saveCalendarDocument,
} from './planning-world.ts';

let world: PlanningWorld;
afterEach(() => world.close());

const dayMs = 86_400_000;
const moves = { clientMoves: { times: 1, noticeHours: 0, latestDays: 30 } };

async function rolloutUnder(policy: Partial<Policy>): Promise<RolloutId> {
  world = await openPlanningWorld({ policy, clients: [{ key: 'ash' }, { key: 'birch' }] });
  const { changeId } = world;
  const planned = await makePlan(world, { changeId, policyName: 'demo', actor: 'pm' });
  if (planned.kind === 'refused') throw new Error(planned.message);
  const started = await startRollout(world, { ...planned, actor: 'pm' });
  if (started.kind === 'refused') throw new Error(started.message);
  return started.rolloutId;
}

interface DateRow {
  readonly start: Instant;
  readonly local: string;
  readonly pinned: string | null;
  readonly state: string;
}

async function dateOf(key: string): Promise<DateRow> {
  const [row] = await world.pool.rows<DateRow>(
    `select cr.slot_start as start, cr.slot_local_start as local, cr.slot_pinned_by as pinned, cr.state
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     where cl.key = $1`,
    [key],
  );
  if (row === undefined) throw new Error('the client has no part');
  return row;
}

async function ask(
  rolloutId: RolloutId,
  terms: RequestTerms,
  clientKey = 'ash',
): Promise<RequestOutcome> {
  return await answerClientRequest(world, { rolloutId, clientKey, terms, actor: clientKey });
}

/** A freeze from the day of the client's date on. */
async function freezeOf(days: number): Promise<Extract<RequestTerms, { kind: 'freeze' }>> {
  const { local } = await dateOf('ash');
  const from = `${local.slice(0, 10)}T00:00`;
  const to = plusMs(`${from}:00.000Z` as Instant, days * dayMs).slice(0, 16);
  return { kind: 'freeze', from, to, reason: 'stocktaking' };
}

/** A wish for the day of the week that comes so many days after the client's date, at the same time. */
async function wishFor(daysLater: number): Promise<Extract<RequestTerms, { kind: 'preference' }>> {
  const { local } = await dateOf('ash');
  const weekday = weekdayOf(dayOf(local.slice(0, 10) as LocalDate) + daysLater);
  return { kind: 'preference', weekday, fromTime: '00:00', toTime: '24:00', reason: 'quiet then' };
}

async function counts() {
  const [row] = await world.pool.rows<Record<string, number>>(
    `select (select count(*) from client_request) as requests, (select count(*) from agreement) as agreements,
       (select count(*) from chosen_date) as chosen,
       (select count(*) from attention_item) as questions`,
  );
  return row;
}

async function openQuestions() {
  return await world.pool.rows<{ text: string; actions: readonly string[] }>(
    `select a.text, a.actions from attention_item a where a.resolved_at is null and a.kind = 'client-request'`,
  );
}

it('agrees on a freeze within the limits at once, and gives the client the date of the answer', async () => {
  const rolloutId = await rolloutUnder(moves);
  const before = [await dateOf('ash'), await dateOf('birch')];
  const freeze = await freezeOf(3);

  const outcome = await ask(rolloutId, freeze);

  expect(outcome).toMatchObject({ kind: 'answered', state: 'applied' });
  if (outcome.kind !== 'answered') throw new Error('refused');
  const after = await dateOf('ash');
  expect(after).toMatchObject({ start: outcome.answer.slotStart, pinned: 'client' });
  expect(after.local.slice(0, 16) >= freeze.to).toBe(true);
  expect(after.start).not.toBe(before[0]?.start);
  expect(await dateOf('birch')).toEqual(before[1]);
  const [agreement] = await world.pool.rows<{ kind: string; document: unknown; owner: string }>(
    `select ag.kind, ag.document, ag.owner from agreement ag`,
  );
  const { from, to, reason } = freeze;
  expect(agreement).toEqual({ kind: 'freeze', document: { from, to, reason }, owner: 'ash' });
  expect(world.desk.calls.map(({ verb }) => verb)).toEqual(['moveDate']);
  expect(await eventKinds(world, 'client-request.%')).toEqual(['client-request.applied']);
  expect(await counts()).toMatchObject({ requests: 1, agreements: 1, chosen: 1, questions: 0 });
});

it('agrees on a freeze that meets no date and moves nobody', async () => {
  const rolloutId = await rolloutUnder(moves);
  const before = await dateOf('ash');
  const days = { from: '2090-01-01T00:00', to: '2090-01-10T00:00' };

  const outcome = await ask(rolloutId, { kind: 'freeze', ...days, reason: 'stocktaking' });

  expect(outcome).toMatchObject({ state: 'applied', answer: { moves: [], whyWaiting: null } });
  expect(await dateOf('ash')).toEqual(before);
  expect(await counts()).toMatchObject({ agreements: 1, chosen: 0 });
});

it('gives the client a date on the day of the week it prefers, pinned by the client', async () => {
  const rolloutId = await rolloutUnder(moves);
  const wish = await wishFor(1);

  const outcome = await ask(rolloutId, wish);

  expect(outcome).toMatchObject({ state: 'applied' });
  const { local, pinned } = await dateOf('ash');
  expect(pinned).toBe('client');
  expect(weekdayOf(dayOf(local.slice(0, 10) as LocalDate))).toBe(wish.weekday);
});

it('puts a request beyond the limits to a person, with the answer in the question', async () => {
  const rolloutId = await rolloutUnder({});
  const before = await dateOf('ash');

  const outcome = await ask(rolloutId, await freezeOf(3));

  if (outcome.kind !== 'answered') throw new Error('refused');
  expect(outcome.state).toBe('waiting');
  expect(outcome.answer.moves).toMatchObject([{ key: 'ash', from: before.start }]);
  expect(await dateOf('ash')).toEqual(before);
  const [question] = await openQuestions();
  expect(question?.text).toContain('asks for no production from');
  expect(question?.text).toContain(outcome.answer.text);
  expect(question?.text).toContain('Clients do not move their own dates under this policy.');
  expect(question?.actions).toContain('plan-again');
  expect(await counts()).toMatchObject({ requests: 1, agreements: 0, chosen: 0, questions: 1 });
  expect(world.desk.calls).toEqual([]);
});

it.each([
  ['lasts longer than the client may move its date', 31, 'lasts longer than the 30 days'],
  ['leaves no date', 31 * 365, 'There is no date that meets it.'],
])('puts a freeze that %s to a person', async (_, days, why) => {
  const rolloutId = await rolloutUnder(moves);

  const outcome = await ask(rolloutId, await freezeOf(days));

  expect(outcome).toMatchObject({ state: 'waiting', answer: { whyWaiting: expect.any(String) } });
  expect((await openQuestions())[0]?.text).toContain(why);
  expect(await counts()).toMatchObject({ agreements: 0, chosen: 0 });
});

it('counts the limits that the client agreed on instead of the policy', async () => {
  const rolloutId = await rolloutUnder({});
  const document = { times: 1, noticeHours: 0, latestDays: 30 };
  const agreed = await makeAgreement(world, {
    clientKey: 'ash',
    terms: { kind: 'moves', document },
    source: 'a call',
    owner: 'Dana',
    actor: 'pm',
  });
  const freeze = await freezeOf(3);

  const outcomes = [await ask(rolloutId, freeze), await ask(rolloutId, freeze, 'birch')];

  expect(agreed.kind).toBe('made');
  expect(outcomes).toMatchObject([{ state: 'applied' }, { state: 'waiting' }]);
});

/** A second rollout of the same clients. */
async function secondRollout(): Promise<RolloutId> {
  const version = '9.9.0';
  const baseline = await insertBuild(world.pool, null, { version: '8.8.0' });
  const changeId = await insertChange(world.pool, { version });
  await insertBuild(world.pool, changeId, { version, basedOn: baseline });
  const planned = await makePlan(world, { changeId, policyName: 'demo', actor: 'pm' });
  if (planned.kind === 'refused') throw new Error(planned.message);
  const started = await startRollout(world, { ...planned, actor: 'pm' });
  if (started.kind === 'refused') throw new Error(started.message);
  return started.rolloutId;
}

it('asks about dates that are closed in other rollouts of a client when its freeze is granted', async () => {
  const rolloutId = await rolloutUnder(moves);
  const other = await secondRollout();
  await saveCalendarDocument(world, 'shut', { zone: 'UTC', allow: [] });
  await world.pool.rows(
    `update rollout as r
     set policy_calendar_id = (select c.id from calendar c where c.name = 'shut')
     where r.id = $1`,
    [other],
  );
  const days = { from: '2090-01-01T00:00', to: '2090-01-10T00:00' };

  const outcome = await ask(rolloutId, { kind: 'freeze', ...days, reason: 'stocktaking' });

  const questions = await world.pool.rows<{ rollout_id: string; actions: readonly string[] }>(
    `select a.rollout_id, a.actions from attention_item a where a.kind = 'closed-dates'`,
  );
  expect(outcome).toMatchObject({ state: 'applied' });
  expect(questions).toEqual([{ rollout_id: other, actions: ['plan-again'] }]);
});

it('puts a freeze to a person that another rollout of the client has a date in', async () => {
  const rolloutId = await rolloutUnder(moves);
  await secondRollout();
  const later = '2090-01-05T12:00:00Z';
  await world.pool.rows(
    `update client_rollout as cr set slot_start = $2, slot_latest_end = $2 where cr.rollout_id <> $1`,
    [rolloutId, later],
  );
  const days = { from: '2090-01-01T00:00', to: '2090-01-10T00:00' };

  const outcome = await ask(rolloutId, { kind: 'freeze', ...days, reason: 'stocktaking' });

  expect(outcome).toMatchObject({
    state: 'waiting',
    answer: { moves: [], whyWaiting: expect.stringContaining('lies within the freeze') },
  });
  expect(await counts()).toMatchObject({ agreements: 0, questions: 1 });
});

it('grants as many moves as the policy has, and puts the next to a person', async () => {
  const rolloutId = await rolloutUnder(moves);

  const first = await ask(rolloutId, await wishFor(1));
  const second = await ask(rolloutId, await wishFor(1));

  expect([first, second]).toMatchObject([{ state: 'applied' }, { state: 'waiting' }]);
  expect((await openQuestions())[0]?.text).toContain('was moved 1 times already');
  expect(await counts()).toMatchObject({ requests: 2, chosen: 1 });
});

it('always leaves it to a person whether a client is skipped, and settles the question by it', async () => {
  const rolloutId = await rolloutUnder(moves);

  const outcome = await ask(rolloutId, { kind: 'skip', reason: 'not this year' });
  const asked = await openQuestions();
  const clients = { keys: ['ash'] };
  await skipClients(world, {
    rolloutId,
    clients,
    reason: 'agreed',
    nextVersion: null,
    actor: 'pm',
  });

  expect(outcome).toMatchObject({ state: 'waiting' });
  expect(asked).toMatchObject([{ actions: ['skip'] }]);
  expect((await dateOf('ash')).state).toBe('skipped');
  expect(await openQuestions()).toEqual([]);
  const listed = await readClientRequests(world.pool, { rolloutId, clientKey: 'ash' });
  expect(listed).toMatchObject([
    { state: 'waiting', requestedBy: 'ash', terms: { kind: 'skip' }, settled: { by: 'pm' } },
  ]);
});

it('never gives the same place to two who ask at once', async () => {
  const rolloutId = await rolloutUnder({ ...moves, maxInFlight: 1 });
  const wish = await wishFor(2);

  const outcomes = await Promise.all(['ash', 'birch'].map((key) => ask(rolloutId, wish, key)));

  const [ash, birch] = [await dateOf('ash'), await dateOf('birch')];
  expect(ash.start).not.toBe(birch.start);
  const given = outcomes.filter((each) => each.kind === 'answered' && each.state === 'applied');
  const pinned = [ash, birch].filter((each) => each.pinned === 'client');
  expect(given.length).toBeGreaterThan(0);
  expect(pinned).toHaveLength(given.length);
  expect(await counts()).toMatchObject({ requests: 2, chosen: given.length });
});

it('keeps nothing of what cannot be meant or comes too late', async () => {
  const rolloutId = await rolloutUnder(moves);
  const before = await dateOf('ash');
  const freeze = { kind: 'freeze', reason: 'stocktaking' } as const;
  const wish = { kind: 'preference', weekday: 'tue', reason: 'quiet then' } as const;

  const outcomes = [
    await ask(rolloutId, { ...freeze, from: '2090-01-10T00:00', to: '2090-01-01T00:00' }),
    await ask(rolloutId, { ...freeze, from: '2090-02-30T00:00', to: '2090-03-10T00:00' }),
    await ask(rolloutId, { ...freeze, from: '2001-01-01T00:00', to: '2001-01-10T00:00' }),
    await ask(rolloutId, { ...wish, fromTime: '23:00', toTime: '20:00' }),
    await ask(rolloutId, { kind: 'skip', reason: 'so' }, 'ghost'),
  ];
  await world.pool.rows(`update client_rollout as cr set state = 'deploying'`);
  const late = await ask(rolloutId, { kind: 'skip', reason: 'so' });

  expect(outcomes).toMatchObject([
    { kind: 'invalid', problems: [{ path: 'to' }] },
    { kind: 'invalid', problems: [{ path: 'from' }] },
    { kind: 'invalid', problems: [{ code: 'past', path: 'to' }] },
    { kind: 'invalid', problems: [{ path: 'toTime' }] },
    { kind: 'refused', code: 'CLIENT_NOT_IN_ROLLOUT' },
  ]);
  expect(late).toMatchObject({ kind: 'refused', code: 'CLIENT_STATE' });
  expect((await dateOf('ash')).start).toBe(before.start);
  expect(await counts()).toEqual({ requests: 0, agreements: 0, chosen: 0, questions: 0 });
});
