import { plan } from '../../domain/rollout/plan.ts';
import { fleetInput } from './fleet.ts';
import { instanceOf } from './optimum-instance.ts';
import { problemOf } from './optimum-problem.ts';
import { type BenchOptions, medianOf, type PartReport, spread, timed } from './part.ts';
import { peakMegabytes } from './plan-memory.ts';
import { solveOptimum } from './solve-optimum.ts';

/** The first aligned problem that has the most clients; seeds that are a multiple of four are staggered. */
const smallSeed = 1;
const secondsToProve = 30;

/** Planning a large fleet against what HiGHS needs for a small one, how the time grows, and memory. */
export async function measurePart(options: BenchOptions): Promise<PartReport> {
  const clients = options.clients ?? 10_000;
  const tenth = Math.round(clients / 10);
  const seed = options.seed ?? 1;
  const [large, small] = [fleetInput(clients, seed), fleetInput(tenth, seed)];
  // Once beforehand, so that the small one does not pay for code that is still being compiled.
  plan(small);
  const rounds = Array.from({ length: options.rounds ?? 3 }, () => ({
    small: timed(() => plan(small)),
    large: timed(() => plan(large)),
  }));
  const largeMs = rounds.map((round) => round.large.ms);
  // The plain model has a variable for each client and start; the same one with equal clients counted is faster.
  const instance = instanceOf(smallSeed, 200);
  const wish = { seconds: secondsToProve, knownPlaced: instance.input.clients.length };
  const optimum = await solveOptimum(problemOf(instance, { apart: true }), wish);
  const highsMs = optimum.seconds * 1_000;
  const placed = rounds[0]?.large.answer.clients.filter(
    ({ placement }) => placement.kind === 'placed',
  );
  const rows = [
    { what: `ms for ${clients} clients`, found: spread(largeMs, 0) },
    { what: 'of them with a date', found: String(placed?.length ?? 0) },
    {
      what: `ms of HiGHS for ${instance.input.clients.length} clients`,
      found: `${highsMs.toFixed(0)}, ${optimum.kind}`,
    },
    { what: 'ratio to HiGHS (target below 1)', found: (medianOf(largeMs) / highsMs).toFixed(2) },
    {
      what: `ms for ${tenth} clients`,
      found: spread(
        rounds.map((round) => round.small.ms),
        0,
      ),
    },
    {
      what: `growth from ${tenth} to ${clients} (at most 12)`,
      found: spread(rounds.map((round) => round.large.ms / round.small.ms)),
    },
    { what: 'peak memory, MB', found: (await peakMegabytes(clients, seed)).toFixed(0) },
  ];
  const texts = new Set(rounds.map((round) => JSON.stringify(round.large.answer)));
  return { rows, wrong: texts.size > 1 ? ['planning the same twice gave two plans'] : [] };
}
