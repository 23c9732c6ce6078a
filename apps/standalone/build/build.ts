import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBuildRecord } from './build-record.ts';
import { compileServer } from './compile-server.ts';
import { serverFiles, webFiles, workflowFiles } from './source-files.ts';

/**
 * Brings `dist/` up to date with the sources and answers with the parts that had to be made.
 * Everything is recorded by the hash of what it was made from, so that nothing is made twice.
 */
export async function build(
  root: string,
  report: (line: string) => void,
): Promise<readonly string[]> {
  const dist = join(root, 'dist');
  mkdirSync(dist, { recursive: true });
  const record = openBuildRecord(root);
  const done: string[] = [];
  const compiled = await compileServer({ root, files: serverFiles(root), record });
  if (compiled > 0) done.push(`${compiled} server files`);
  record.save();
  if (record.isStale('workflow bundle', workflowFiles(root))) {
    const { writeWorkflowBundle } = await import('./workflow-bundle.ts');
    await writeWorkflowBundle(root);
    record.keep('workflow bundle', workflowFiles(root));
    done.push('the workflow bundle');
  }
  if (record.isStale('web', webFiles(root))) {
    report('Building the staff screens');
    const { buildWeb } = await import('./web.ts');
    await buildWeb(root);
    record.keep('web', webFiles(root));
    done.push('the staff screens');
  }
  record.save();
  return done;
}
