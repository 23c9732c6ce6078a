import { chooseDate, readOffers } from '../../../activities/planning/choose-date.ts';
import { makePlan } from '../../../activities/planning/make-plan.ts';
import { startRollout } from '../../../activities/planning/start-rollout.ts';
import type { RolloutId } from '../../../domain/ids.ts';
import { plusMs } from '../../../domain/instant.ts';
import type { Policy } from '../../../domain/rollout/policy.ts';
import { openPlanningWorld, type PlanningWorld } from './planning-world.ts';

let world: PlanningWorld;
afterEach(() => world.close());

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

async function offersTo(rolloutId: RolloutId, clientKey: string) {
  const wish = { rolloutId, clientKey, by: 'client', count: 3, earliest: null } as const;
  return (await readOffers(world, wish)) ?? [];
}

async function datesOf() {
  return await world.pool.rows<{ key: string; start: string; pinned: string | null; n: number }>(
    `select cl.key, cr.slot_start as start, cr.slot_pinned_by as pinned, cr.slot_number as n
     from client_rollout cr
     join client cl on cl.id = cr.client_id
     order by cl.key`,
  );
}

it('gives a client an offered date, pins it, and lets its notice begin anew', async () => {
  const rolloutId = await rolloutUnder(moves);
  const [, later] = await offersTo(rolloutId, 'ash');
  if (later === undefined) throw new Error('no second offer');

  const order = { rolloutId, clientKey: 'ash', start: later.start, by: 'client', actor: 'ash' };
  const answer = await chooseDate(world, { ...order, by: 'client' });

  expect(answer).toMatchObject({ kind: 'chosen', offer: { start: later.start } });
  const [ash, birch] = await datesOf();
  expect(ash).toMatchObject({ start: later.start, pinned: 'client', n: 2 });
  expect(birch).toMatchObject({ pinned: null, n: 1 });
  expect(world.desk.calls.map(({ verb }) => verb)).toEqual(['moveDate']);
});

it('gives the last place to one of two who choose it at once, and offers the other dates', async () => {
  const rolloutId = await rolloutUnder({ ...moves, maxInFlight: 1 });
  const wanted = (await offersTo(rolloutId, 'ash')).at(-1);
  if (wanted === undefined) throw new Error('nothing is offered');
  const start = wanted.start;

  const answers = await Promise.all(
    ['ash', 'birch'].map((clientKey) =>
      chooseDate(world, { rolloutId, clientKey, start, by: 'client', actor: clientKey }),
    ),
  );

  expect(answers.map(({ kind }) => kind).sort()).toEqual(['chosen', 'refused']);
  const refused = answers.find(({ kind }) => kind === 'refused');
  expect(refused).toMatchObject({ code: 'DATE_TAKEN' });
  if (refused?.kind !== 'refused') throw new Error('both got it');
  expect(refused.offers.length).toBeGreaterThan(0);
  expect(refused.offers.map((each) => each.start)).not.toContain(start);
  expect((await datesOf()).filter((each) => each.start === start)).toHaveLength(1);
});

it('lets a client move its date as often as the policy says, and a person beyond that', async () => {
  const rolloutId = await rolloutUnder(moves);
  const [, second, third] = await offersTo(rolloutId, 'ash');
  if (second === undefined || third === undefined) throw new Error('too few offers');
  const order = { rolloutId, clientKey: 'ash', actor: 'ash' } as const;
  await chooseDate(world, { ...order, start: second.start, by: 'client' });

  const again = await chooseDate(world, { ...order, start: third.start, by: 'client' });
  const byPerson = await chooseDate(world, { ...order, start: third.start, by: 'person' });

  expect(again).toMatchObject({ kind: 'refused', code: 'DATE_NOT_ALLOWED' });
  expect(byPerson).toMatchObject({ kind: 'chosen' });
  expect(await datesOf()).toMatchObject([{ start: third.start, pinned: 'person' }, {}]);
});

it('refuses a date in the past, and any date where clients may not move theirs', async () => {
  const rolloutId = await rolloutUnder({});
  const [ash] = await datesOf();
  const start = plusMs(ash?.start as never, -86_400_000);

  const past = { rolloutId, clientKey: 'ash', start, by: 'person', actor: 'pm' } as const;
  const answers = [
    await chooseDate(world, past),
    await chooseDate(world, { ...past, by: 'client' }),
  ];

  expect(answers).toMatchObject([{ code: 'DATE_NOT_ALLOWED' }, { code: 'DATE_NOT_ALLOWED' }]);
  expect(await offersTo(rolloutId, 'ash')).toEqual([]);
});
