import { root } from './root.mjs';
import { run } from './run.mjs';

const rooms = ['calendar', 'rollout'];

/** Changes the rules of one room after the other, and looks whether a test notices; 1 when too few do. */
export async function mutateRules(node, args) {
  const [first, ...others] = args;
  const wanted = rooms.includes(first) ? [first] : rooms;
  const further = rooms.includes(first) ? others : args;
  let worst = 0;
  for (const room of wanted) {
    const config = `test/mutation/stryker-${room}.config.mjs`;
    const stryker = ['node_modules/@stryker-mutator/core/bin/stryker.js', 'run', config];
    const { code } = await run(node, [...stryker, ...further], { cwd: root });
    worst = Math.max(worst, code);
  }
  return worst;
}
