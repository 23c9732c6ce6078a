import { parentPort, workerData } from 'node:worker_threads';
import loadHighs from 'highs';

const { text, seconds } = workerData as { readonly text: string; readonly seconds: number };
const highs = await loadHighs();
const { Status, ObjectiveValue } = highs.solve(text, {
  output_flag: false,
  time_limit: seconds,
  mip_rel_gap: 0,
  mip_abs_gap: 0,
});
parentPort?.postMessage(Status === 'Optimal' ? Math.round(ObjectiveValue) : null);
