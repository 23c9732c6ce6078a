import { insertBuild, insertRow, json, rightNow } from '../../support/fixtures.ts';
import { newId } from '../../../database/new-id.ts';
import {
  attentionIn,
  carryOn,
  deploymentsOf,
  once,
  openStage,
  partOf,
  type Stage,
} from './stage.ts';

let stage: Stage;
afterEach(async () => {
  await stage.close();
});

it('brings a build to the preview site and goes on to the question', async () => {
  stage = await openStage({ clientState: 'planned' });

  const step = await carryOn(stage, 'preparePreview');
  const [part] = await stage.storage.pool.rows(
    `select cr.state, cr.preview_verified_build_id from client_rollout cr`,
  );

  expect(step).toMatchObject({ kind: 'act', act: 'askConsent' });
  expect(part).toEqual({
    state: 'previewing',
    preview_verified_build_id: stage.rollout.buildId,
  });
});

it('names the preview when a deployment to it failed', async () => {
  stage = await openStage({ clientState: 'planned' });
  stage.deployer.control.inject({ kind: 'fail', site: 'preview' });

  await carryOn(stage, 'preparePreview');

  expect(await partOf(stage)).toMatchObject({
    state: 'failed',
    reason: expect.stringMatching(/^1.9.4 on the preview site failed/) as string,
  });
  expect(await attentionIn(stage)).toEqual(['deployment-failed']);
});

it('waits while another rollout keeps the preview site for an open question', async () => {
  stage = await openStage({ clientState: 'planned' });
  await keepPreviewFor(stage, 'Hotfix 7');

  const step = await once(stage, 'preparePreview');

  expect(step).toMatchObject({
    kind: 'wait',
    summary: 'the preview site is taken by "Hotfix 7"',
  });
});

it('follows the older build to its outcome before a newer one goes to the same preview site', async () => {
  stage = await openStage({ clientState: 'planned', deployer: { workMs: 150 } });
  await once(stage, 'preparePreview');
  const { version, digest } = await stage.sites.catalogue.add({
    version: '1.9.5',
    leaflet: '1.9.4',
  });
  const newer = await insertBuild(stage.storage.pool, stage.rollout.changeId, { version, digest });
  await stage.storage.pool.rows(`update rollout set build_id = $1`, [newer]);
  await stage.storage.pool.rows(`update client_rollout set state = 'planned'`);

  await carryOn(stage, 'preparePreview');
  const deployments = await deploymentsOf(stage);

  expect(deployments.map((each) => each.idempotency_key.split(':').at(-1))).toEqual(['1', '2']);
  expect(deployments).toMatchObject([
    { state: 'succeeded', verification: 'pending' },
    { state: 'succeeded', verification: 'match' },
  ]);
});

/** Another running rollout of the same client whose question is open. */
async function keepPreviewFor({ storage, rollout }: Stage, name: string): Promise<void> {
  const [rolloutId, planId, cohortId, partId] = [newId(), newId(), newId(), newId()];
  const at = rightNow();
  const { pool } = storage;
  await pool.rows(
    `insert into plan select $1, null, p.change_id, p.hash, p.planned_at, p.request, p.input, p.content, p.created_by
     from plan p limit 1`,
    [planId],
  );
  await insertRow(pool, 'rollout', {
    id: rolloutId,
    name,
    change_id: rollout.changeId,
    build_id: rollout.buildId,
    policy_id: rollout.policyId,
    plan_id: planId,
    state: 'running',
    since: at,
    failures_counted_from: at,
    started_by: 'test',
    started_at: at,
  });
  await insertRow(pool, 'cohort', {
    id: cohortId,
    rollout_id: rolloutId,
    position: 1,
    name: 'All',
    state: 'open',
    since: at,
  });
  await insertRow(pool, 'client_rollout', {
    id: partId,
    rollout_id: rolloutId,
    client_id: rollout.clients[0]?.clientId,
    cohort_id: cohortId,
    plan_position: 1,
    state: 'asking',
    since: at,
    consent: 'approve',
    no_answer_rule: 'wait',
    slot_number: 1,
    held: false,
    preview_generation: 1,
    production_generation: 1,
    waiting_for_place: false,
  });
  await insertRow(pool, 'approval_round', {
    id: newId(),
    client_rollout_id: partId,
    number: 1,
    build_id: rollout.buildId,
    consent: 'approve',
    state: 'open',
    content_hash: '0',
    live: true,
    opened_at: at,
    evidence: json({}),
  });
}
