import type { Transaction } from '../../database/in-transaction.ts';
import {
  type ClientPart,
  lockParts,
  startNewGeneration,
} from '../../database/stores/client-part.store.ts';
import { moveClientRollout } from '../../database/stores/client-rollout.store.ts';
import { lockCohorts } from '../../database/stores/cohort.store.ts';
import {
  lockRolloutsOfChange,
  readBuildVersions,
  type Rollout,
  setRolloutBuild,
} from '../../database/stores/rollout.store.ts';
import { compareVersions } from '../../domain/change/version.ts';
import type { BuildId, ChangeId, RolloutId } from '../../domain/ids.ts';
import type { ClientRolloutState } from '../../domain/rollout/states.ts';
import {
  clientRolloutWorkflowId,
  rolloutWorkflowId,
} from '../../workflows/contract/workflow-ids.ts';
import { supersedeRound } from '../consent/supersede-round.ts';
import type { ActDependencies } from '../dependencies.ts';

/** A build of a change that takes the place of the one before it. */
export interface BuildAssignment {
  readonly changeId: ChangeId;
  readonly buildId: BuildId;
  readonly actor: string;
}

/** Clients that see the new build on their preview first and are asked about it; a refusal spoke of the old one. */
const beginAnew: readonly ClientRolloutState[] = [
  'planned',
  'previewing',
  'asking',
  'agreed',
  'scheduled',
  'missed',
  'rejected',
  'no-answer',
];

/**
 * Rollouts of the change that are not over and bring an older build or none take this one, and everybody whose
 * production has not begun starts anew with it. Runs in the transaction that announces the build. Answers the rollouts that took it.
 */
export async function assignBuild(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  { changeId, buildId, actor }: BuildAssignment,
): Promise<readonly RolloutId[]> {
  const rollouts = await lockRolloutsOfChange(tx, changeId);
  const versions = await readBuildVersions(tx, [buildId, ...rollouts.map((each) => each.buildId)]);
  const version = versions.get(buildId) ?? '';
  const taking = rollouts.filter(({ buildId: present }) => {
    const current = present === null ? undefined : versions.get(present);
    return current === undefined || compareVersions(version, current) > 0;
  });
  for (const rollout of taking) await takeBuild(tx, deps, rollout, { buildId, actor });
  return taking.map(({ id }) => id);
}

async function takeBuild(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  rollout: Rollout,
  { buildId, actor }: Omit<BuildAssignment, 'changeId'>,
): Promise<void> {
  const { id: rolloutId, buildId: before } = rollout;
  await lockCohorts(tx, rolloutId);
  const all = await lockParts(tx, rolloutId, 'all');
  await setRolloutBuild(tx, rolloutId, buildId);
  tx.record({ kind: 'rollout.build', actor, rolloutId, facts: { buildId, before } });
  const parts = all.filter(({ state }) => beginAnew.includes(state));
  // The first build finds everybody where they wait for it.
  if (before !== null) {
    const ids = parts.map(({ clientRolloutId }) => clientRolloutId);
    await startNewGeneration(tx, ids);
    for (const part of parts) await startAnew(tx, deps, part, actor);
  }
  for (const { clientId, planPosition } of parts) {
    tx.wake(clientRolloutWorkflowId(rolloutId, clientId), planPosition);
  }
  tx.wake(rolloutWorkflowId(rolloutId));
}

async function startAnew(
  tx: Transaction,
  deps: Pick<ActDependencies, 'desk'>,
  part: ClientPart,
  actor: string,
): Promise<void> {
  await supersedeRound(tx, deps, { clientRolloutId: part.clientRolloutId, actor });
  if (part.state === 'planned') return;
  const from = [part.state];
  const reason = 'a newer build was announced';
  await moveClientRollout(tx, { of: part, from, to: 'planned', actor, reason });
}
