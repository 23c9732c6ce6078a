import { join } from 'node:path';
import { DefaultLogger } from '@temporalio/worker';
import { buildWorkflowBundle } from '../../worker/workflow-bundle.ts';

/** Makes the one file that workers run workflow code from. */
export async function writeWorkflowBundle(root: string): Promise<void> {
  await buildWorkflowBundle(join(root, 'dist', 'workflow-bundle.js'), new DefaultLogger('WARN'));
}
