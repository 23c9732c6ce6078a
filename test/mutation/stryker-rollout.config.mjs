import { strykerForRoom } from './stryker-room.mjs';

/** Of the rollout's rules those of the planner. */
export default strykerForRoom('rollout', [
  'domain/rollout/plan*.ts',
  'domain/rollout/*relaxation*.ts',
  'domain/rollout/{assign-cohorts,describe-plan,offers,taken-places}.ts',
]);
