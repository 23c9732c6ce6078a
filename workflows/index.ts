/** What the workflow bundle holds. */
export { clientRolloutWorkflow } from './client-rollout.workflow.ts';
export { mailWorkflow } from './mail.workflow.ts';
export { rolloutWorkflow } from './rollout.workflow.ts';
