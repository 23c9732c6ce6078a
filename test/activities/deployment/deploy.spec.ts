import {
  attentionIn,
  carryOn,
  deploymentsOf,
  once,
  openStage,
  partOf,
  type Stage,
  type StageOptions,
} from './stage.ts';

let stage: Stage;
const open = async (options?: StageOptions): Promise<void> => {
  stage = await openStage(options);
};
afterEach(async () => {
  await stage.close();
});

it('brings a build to production and believes only the site', async () => {
  await open();

  const step = await carryOn(stage, 'deploy');
  const [deployment] = await deploymentsOf(stage);
  const site = await stage.storage.pool.rows(
    `select b.version, s.reported_version, s.probe_verdict
     from site s join build b on b.id = s.build_id where s.kind = 'production'`,
  );

  expect(step).toEqual({ kind: 'end', summary: 'done' });
  expect(deployment).toMatchObject({ state: 'succeeded', verification: 'match', attempt: 1 });
  expect(site).toEqual([{ version: '1.9.4', reported_version: '1.9.4', probe_verdict: 'read' }]);
  expect(stage.completed).toEqual([stage.rollout.clients[0]?.clientRolloutId]);
  expect(stage.storage.wakes).toContain(stage.rollout.workflowId);
});

it('takes an answer that comes with the end of the work', async () => {
  await open();
  stage.deployer.control.inject({ kind: 'answer-when-finished' });

  await carryOn(stage, 'deploy');

  expect((await partOf(stage)).state).toBe('done');
  expect(stage.deployer.control.requests().map((each) => each.method)).toEqual(['POST']);
});

it('keeps what was true at the start as evidence', async () => {
  await open();

  await once(stage, 'deploy');
  const [claimed] = await stage.storage.pool.rows<{ facts: Record<string, unknown> }>(
    `select e.facts from event e where e.kind = 'deployment.claimed'`,
  );

  expect(claimed?.facts).toMatchObject({
    site: 'production',
    zoneData: expect.any(String) as string,
    calendars: { vendor: null, policy: null, client: null },
    build: { version: '1.9.4' },
  });
});

it.each(['reset-after-accept', 'cut-body', 'error-after-accept', 'answer-twice'] as const)(
  'has one effect when the deployer does %s',
  async (kind) => {
    await open();
    stage.deployer.control.inject({ kind });

    await carryOn(stage, 'deploy');

    expect((await partOf(stage)).state).toBe('done');
    expect(stage.deployer.control.effects()).toHaveLength(1);
  },
);

it('puts the same request again under its key after a call without an answer', async () => {
  await open({ deployer: { workMs: 300 }, settings: { requestMs: 150 } });
  stage.deployer.control.inject({ kind: 'hang-after-accept' });

  await carryOn(stage, 'deploy');
  const posts = stage.deployer.control.requests().filter((each) => each.method === 'POST');
  const [deployment] = await deploymentsOf(stage);

  expect(posts).toHaveLength(2);
  expect(new Set(posts.map((each) => `${each.key} ${each.webhookId} ${each.bodyHash}`)).size).toBe(
    1,
  );
  expect(stage.deployer.control.effects()).toHaveLength(1);
  expect(deployment).toMatchObject({ state: 'succeeded', attempt: 2, uncertain: false });
});

it('goes on until an answer settles what an earlier attempt came to', async () => {
  await open();
  stage.deployer.control.inject({ kind: 'refuse', status: 503, times: 2 });

  const first = await once(stage, 'deploy');
  const [unsure] = await deploymentsOf(stage);
  await carryOn(stage, 'deploy');
  const [settled] = await deploymentsOf(stage);

  expect(first).toMatch(/^HTTP 503/);
  expect(unsure).toMatchObject({ state: 'dispatching', uncertain: true });
  expect(settled).toMatchObject({ state: 'succeeded', attempt: 3, uncertain: false });
});

it('stops a client whose deployer refuses, and asks a person', async () => {
  await open();
  stage.deployer.control.inject({ kind: 'refuse', status: 403 });

  const step = await carryOn(stage, 'deploy');

  expect(step.kind).toBe('end');
  expect(await partOf(stage)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('HTTP 403') as string,
  });
  expect(await attentionIn(stage)).toEqual(['deployment-failed']);
});

it('does not call an operation failed that a refusal cannot settle', async () => {
  await open();
  stage.deployer.control.inject({ kind: 'error-after-accept', status: 500 });
  await once(stage, 'deploy');

  stage.deployer.control.inject({ kind: 'refuse', status: 401 });
  await carryOn(stage, 'deploy');

  expect((await partOf(stage)).state).toBe('unknown');
  expect(await attentionIn(stage)).toEqual(['deployment-unknown']);
});

it('sends nothing more to an address that was withdrawn', async () => {
  await open();
  stage.deployer.control.inject({ kind: 'refuse', status: 410 });

  await carryOn(stage, 'deploy');
  const [deployer] = await stage.storage.pool.rows<{ disabled_reason: string | null }>(
    `select d.disabled_reason from deployer d`,
  );

  expect(deployer?.disabled_reason).toMatch(/^HTTP 410/);
  expect(await attentionIn(stage)).toEqual(['deployer-withdrawn', 'deployment-failed']);
});

it('lets a person decide at once about a deployer that honours no key', async () => {
  await open({ stored: { capability: 'none' }, deployer: { honoursKey: false } });
  stage.deployer.control.inject({ kind: 'reset-after-accept' });

  await carryOn(stage, 'deploy');

  expect((await partOf(stage)).state).toBe('unknown');
  expect(stage.deployer.control.effects()).toHaveLength(1);
});

it('looks a label up before it dispatches again', async () => {
  await open({
    stored: { capability: 'label' },
    deployer: { honoursKey: false },
    settings: { permitMs: 100, requestMs: 100 },
  });
  stage.deployer.control.inject({ kind: 'reset-after-accept' });

  await carryOn(stage, 'deploy');

  expect((await partOf(stage)).state).toBe('done');
  expect(stage.deployer.control.effects()).toHaveLength(1);
});

it('dispatches a label again once the deployer has definitely never heard of it', async () => {
  await open({
    stored: { capability: 'label' },
    deployer: { honoursKey: false },
    settings: { permitMs: 100, requestMs: 100 },
  });
  stage.deployer.control.inject({ kind: 'reset-before-accept' });

  await carryOn(stage, 'deploy');
  const [deployment] = await deploymentsOf(stage);

  // A permit that lapses on a slow machine counts as an attempt of which nothing left.
  expect(deployment).toMatchObject({ state: 'succeeded' });
  expect(deployment!.attempt).toBeGreaterThanOrEqual(2);
  expect(stage.deployer.control.effects()).toHaveLength(1);
});

it('takes an operation the deployer has forgotten for unknown, not for failed', async () => {
  await open();
  stage.deployer.control.inject({ kind: 'lose-operation' });

  await carryOn(stage, 'deploy');

  expect((await partOf(stage)).state).toBe('unknown');
});

it('takes the deployer at its word when it says failed', async () => {
  await open();
  stage.deployer.control.inject({ kind: 'fail' });

  await carryOn(stage, 'deploy');
  const [deployment] = await deploymentsOf(stage);

  expect(deployment).toMatchObject({ state: 'failed', verification: null });
  expect(await partOf(stage)).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('out of disk space') as string,
  });
});

it('frees the place of an operation that never ends, and asks a person', async () => {
  await open({ policy: { operationDeadline: 'PT1S' as never } });
  stage.deployer.control.inject({ kind: 'slow', ms: 60_000 });

  const step = await carryOn(stage, 'deploy');
  const [deployment] = await deploymentsOf(stage);

  expect(step.kind).toBe('end');
  expect(deployment).toMatchObject({ state: 'unknown' });
  expect((await partOf(stage)).state).toBe('unknown');
});
