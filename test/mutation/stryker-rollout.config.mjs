import { strykerForRoom } from './stryker-room.mjs';

/** Of the rollout's rules those of the planner. */
export default strykerForRoom('rollout', [
  'domain/rollout/plan*.ts',
  'domain/rollout/planning/*.ts',
  'domain/rollout/{assign-cohorts,describe-plan,offers}.ts',
]);
