import { parentPort } from 'node:worker_threads';
import loadHighs from 'highs';

interface Highs {
  readonly solve: (
    text: string,
    options: object,
  ) => { readonly Status: string; readonly ObjectiveValue: number };
}

// The package's types are written for another kind of module than its code is.
const load = loadHighs as unknown as () => Promise<Highs>;
const highs = await load();
parentPort?.on('message', ({ text, seconds }: { text: string; seconds: number }) => {
  const { Status, ObjectiveValue } = highs.solve(text, {
    output_flag: false,
    time_limit: seconds,
    mip_rel_gap: 0,
    mip_abs_gap: 0,
  });
  parentPort?.postMessage(Status === 'Optimal' ? Math.round(ObjectiveValue) : null);
});
