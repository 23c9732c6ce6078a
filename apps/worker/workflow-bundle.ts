import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, type Logger } from '@temporalio/worker';

const here = import.meta.dirname;
const fileName = 'workflow-bundle.js';

/** Makes the bundle that workers run workflow code from; what the bundler objects to goes to the log. */
export async function buildWorkflowBundle(
  target: string,
  logger: Logger = new DefaultLogger('WARN'),
): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath: workflowsPath(), logger });
  mkdirSync(dirname(target), { recursive: true });
  // Renamed into place, so that a worker that starts now never reads half a file.
  writeFileSync(`${target}.new`, code);
  renameSync(`${target}.new`, target);
}

/** What a worker takes its workflow code from: the bundle of the build, else the sources, bundled at its start. */
export function workflowSource():
  { readonly workflowBundle: { readonly codePath: string } } | { readonly workflowsPath: string } {
  const codePath = join(here, '../..', fileName);
  return existsSync(codePath)
    ? { workflowBundle: { codePath } }
    : { workflowsPath: workflowsPath() };
}

function workflowsPath(): string {
  const source = join(here, '../../workflows/index.ts');
  return existsSync(source) ? source : join(here, '../../workflows/index.js');
}
