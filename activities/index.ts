import type { Activities } from '../workflows/contract/activities.ts';
import { createConsentActivities } from './consent/index.ts';
import type { DeployDependencies } from './deployment/deploy-dependencies.ts';
import { createDeploymentActivities } from './deployment/deployment.activities.ts';
import { withFailures } from './failures.ts';
import { createMailActivities } from './messages/index.ts';
import type { MailDependencies } from './messages/mail-settings.ts';
import { createPlanningActivities } from './planning/index.ts';

/** What all acts together need. */
export type AllDependencies = DeployDependencies & MailDependencies;

/** Everything that workflows may ask of the world, under the names they ask by. */
export function createActivities(deps: AllDependencies): Activities {
  return {
    ...createDeploymentActivities(deps),
    ...createMailActivities(deps),
    ...withFailures({ ...createConsentActivities(deps), ...createPlanningActivities(deps) }),
  };
}
