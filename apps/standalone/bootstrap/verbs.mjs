import { checkAll } from './check.mjs';
import { generateClients } from './generate.mjs';
import { mutateRules } from './mutate.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';
import { runTests } from './test.mjs';

/** What each verb does under the project's Node; the answer is the exit code. */
export const verbs = {
  start: (node, args) => afterBuild(node, ['dist/apps/standalone/main.js', ...args]),
  bench: (node, args) => afterBuild(node, ['test/bench/run-bench.ts', ...args]),
  build: (node) => build(node),
  test: async (node, args) => (await build(node)) || (await runTests(node, args)),
  generate: async (node) => (await build(node)) || (await generateClients(node)),
  mutate: (node, args) => mutateRules(node, args),
  check: (node) => checkAll(node),
};

async function afterBuild(node, args) {
  return (await build(node)) || (await runHere(node, args));
}

/** Sources are compiled by a program that needs no compiling itself. */
function build(node) {
  return runHere(node, ['apps/standalone/build/main.ts']);
}

async function runHere(node, args) {
  const { code } = await run(node, args, { cwd: root });
  return code;
}
