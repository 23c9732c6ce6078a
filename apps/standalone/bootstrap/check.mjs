import { performance } from 'node:perf_hooks';
import { root } from './root.mjs';
import { run } from './run.mjs';

const bin = 'node_modules';
const folders = 'domain workflows activities integrations database templates apps test'.split(' ');

/** The checks by name; the slowest first, so that it overlaps the others. */
const checks = [
  { name: 'lint', args: [`${bin}/eslint/bin/eslint.js`, '.'] },
  {
    name: 'format',
    args: [`${bin}/prettier/bin/prettier.cjs`, '--check', '--log-level=warn', '.'],
  },
  { name: 'types', args: [`${bin}/typescript/bin/tsc`, '-p', 'tsconfig.json'] },
  {
    name: 'types of the web app',
    args: [`${bin}/typescript/bin/tsc`, '-p', 'apps/web', '--noEmit'],
  },
  { name: 'imports', args: [`${bin}/dependency-cruiser/bin/dependency-cruiser.mjs`, ...folders] },
];

/** Runs every check, two at a time, and shows the words of those that fail. */
export async function checkAll(node) {
  const waiting = [...checks];
  const failed = [];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      if (!(await passes(node, check))) failed.push(check.name);
    }
  };
  await Promise.all([work(), work()]);
  process.stdout.write(
    failed.length === 0 ? 'All checks passed.\n' : `Failed: ${failed.join(', ')}.\n`,
  );
  return failed.length === 0 ? 0 : 1;
}

async function passes(node, { name, args }) {
  const startedAt = performance.now();
  const { code, output } = await run(node, args, { cwd: root, quiet: true });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const verdict = code === 0 ? 'passed' : 'FAILED';
  process.stdout.write(
    `${code === 0 ? '' : `${output.trimEnd()}\n`}${name}: ${verdict} (${seconds} s)\n`,
  );
  return code === 0;
}
