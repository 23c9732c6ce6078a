import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

/** Every spec that a pattern names, but not those left out, and all they import, as one CommonJS script. */
export async function bundleSpecs(root, { include, leaveOut }) {
  const files = globSync(include, { cwd: root })
    .filter((file) => !leaveOut.includes(basename(file, '.spec.ts')))
    .sort();
  if (files.length === 0) throw new Error(`no spec is named by ${include}`);
  const entry = 'specs-of-the-room';
  const bundle = await rolldown({
    input: entry,
    cwd: root,
    platform: 'node',
    external: [/^node:/, 'fast-check', 'moment-timezone', 'yaml'],
    logLevel: 'silent',
    plugins: [
      specsInOne(
        entry,
        files.map((file) => join(root, file)),
      ),
    ],
  });
  const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false });
  await bundle.close();
  return output[0].code;
}

const globals = '@jest/globals';

function specsInOne(entry, files) {
  const texts = {
    [entry]: files.map((file) => `import ${JSON.stringify(file)};`).join('\n'),
    [globals]: 'export const { beforeEach, afterEach, describe, expect, it, test } = globalThis;',
  };
  return {
    name: entry,
    resolveId: (id) => (id in texts ? id : null),
    load: (id) => texts[id] ?? null,
    transform: (code, id) => ({
      // One script has one address; each spec reads files beside itself.
      code: code
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href))
        .replaceAll('fc.assert(', 'assertFew(fc, '),
    }),
  };
}
