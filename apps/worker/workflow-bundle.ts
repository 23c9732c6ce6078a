import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleWorkflowCode, type Logger } from '@temporalio/worker';

const here = import.meta.dirname;
const fileName = 'workflow-bundle.js';

/** Makes the bundle that workers run workflow code from, with whatever the bundler has to say about it. */
export async function buildWorkflowBundle(target: string, logger?: Logger): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: workflowsPath(),
    ...(logger === undefined ? {} : { logger }),
  });
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
