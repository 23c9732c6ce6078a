import type { ClientActivities } from '../../workflows/contract/activities.ts';
import { withFailures } from '../failures.ts';
import { checkDeployment } from './check-deployment.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import { startDeployment } from './start-deployment.ts';

/** The acts that call deployers and sites. */
export type DeploymentActivities = Pick<
  ClientActivities,
  'preparePreview' | 'verifyPreview' | 'deploy' | 'verify'
>;

/** Makes the acts that bring a build to a client's preview site and to production, and prove that it is there. */
export function createDeploymentActivities(deps: DeployDependencies): DeploymentActivities {
  return withFailures({
    preparePreview: (input) => startDeployment(deps, input, 'preview'),
    verifyPreview: (input) => checkDeployment(deps, input, 'preview'),
    deploy: (input) => startDeployment(deps, input, 'production'),
    verify: (input) => checkDeployment(deps, input, 'production'),
  } satisfies DeploymentActivities);
}
