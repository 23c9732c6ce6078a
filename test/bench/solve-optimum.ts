import { openHighs } from './highs-desk.ts';
import { modelOf } from './optimum-model.ts';
import type { Problem } from './optimum-problem.ts';

/** What HiGHS proved, or that it could not within its time. */
export type Optimum =
  | {
      readonly kind: 'proven';
      readonly placed: number;
      /** The sum of the ends of all work that is placed, after an instant. */
      readonly completionMs: (since: number) => number;
      readonly seconds: number;
    }
  | { readonly kind: 'not proven'; readonly seconds: number };

/**
 * As many clients as possible, and these as early as possible: solved to a gap of nothing. `knownPlaced` of some
 * plan saves proving the number anew when nobody is left out in it.
 */
export async function solveOptimum(
  problem: Problem,
  { seconds, knownPlaced }: { readonly seconds: number; readonly knownPlaced: number },
): Promise<Optimum> {
  const startedAt = performance.now();
  const took = (): number => (performance.now() - startedAt) / 1_000;
  const wanted = problem.groups.reduce((total, { size }) => total + size, 0);
  const placed =
    knownPlaced === wanted
      ? wanted
      : await solved(modelOf(problem, { kind: 'most' }).text, seconds);
  if (placed === null) return { kind: 'not proven', seconds: took() };
  const { text, baseMs } = modelOf(problem, { kind: 'earliest', placed });
  const left = await solved(text, Math.max(1, seconds - took()));
  if (left === null) return { kind: 'not proven', seconds: took() };
  const { gridMs, worstCaseMs } = problem;
  return {
    kind: 'proven',
    placed,
    completionMs: (since) => left * gridMs + placed * (baseMs + worstCaseMs - since),
    seconds: took(),
  };
}

/** The value of the optimum, null when it was not proven in time. */
async function solved(text: string, seconds: number): Promise<number | null> {
  const highs = openHighs(seconds);
  const value = await highs.solve(text);
  await highs.close();
  return value;
}
