import { join } from 'node:path';
import { buildWorkflowBundle } from '../../apps/worker/workflow-bundle.ts';
import { oncePerRun, testRunDirectory } from './test-run.ts';

/** The workflow code of this tree, bundled once per test run. */
export async function workflowBundle(): Promise<{ readonly codePath: string }> {
  return await oncePerRun('workflow-bundle', async () => {
    const codePath = join(testRunDirectory(), 'workflow-bundle.js');
    await buildWorkflowBundle(codePath);
    return { codePath };
  });
}
