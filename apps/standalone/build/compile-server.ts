import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Options } from '@swc/core';
import type { BuildRecord } from './build-record.ts';
import { isScript } from './source-files.ts';

const jsc = {
  target: 'es2024',
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, verbatimModuleSyntax: true },
  keepClassNames: true,
  // The published types do not know it yet.
  rewriteRelativeImportExtensions: true,
} as const;

const options: Options = { swcrc: false, configFile: false, jsc, module: { type: 'es6' } };

/** Compiles scripts and copies everything else into `dist/`; answers with the number of files written. */
export async function compileServer(work: {
  readonly root: string;
  readonly files: readonly string[];
  readonly record: BuildRecord;
}): Promise<number> {
  const { root, files, record } = work;
  removeLeftOvers(work);
  const stale = files.filter(
    (file) => record.isStale(file, [file]) || !existsSync(outputOf(root, file)),
  );
  if (stale.length === 0) return 0;
  // Loaded only when there is something to compile: the import alone costs a tenth of a second.
  const { transformFile } = await import('@swc/core');
  for (const file of stale) {
    const output = outputOf(root, file);
    mkdirSync(dirname(output), { recursive: true });
    if (isScript(file)) {
      const { code } = await transformFile(join(root, file), options);
      writeFileSync(output, code);
    } else {
      copyFileSync(join(root, file), output);
    }
    record.keep(file, [file]);
  }
  return stale.length;
}

/** A source that is gone must not live on in what runs. */
function removeLeftOvers({
  root,
  files,
  record,
}: {
  readonly root: string;
  readonly files: readonly string[];
  readonly record: BuildRecord;
}): void {
  const wanted = new Set(files);
  for (const part of record.parts()) {
    if (!part.includes('/') || wanted.has(part)) continue;
    rmSync(outputOf(root, part), { force: true });
    record.forget(part);
  }
}

function outputOf(root: string, file: string): string {
  return join(root, 'dist', isScript(file) ? file.replace(/\.ts$/, '.js') : file);
}
