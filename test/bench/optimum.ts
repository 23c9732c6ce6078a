import { layerFrom } from '../../domain/calendar/calendar-layer.ts';
import { openStretches } from '../../domain/calendar/open-stretches.ts';
import { durationMs } from '../../domain/duration.ts';
import { epochMsOf, plusMs } from '../../domain/instant.ts';
import { plan } from '../../domain/rollout/plan.ts';
import type { PlanInput } from '../../domain/rollout/plan-input.ts';
import { type Instance, instanceOf } from './optimum-instance.ts';
import { problemOf } from './optimum-problem.ts';
import { type BenchOptions, type PartReport, sayProgress, spread, timed } from './part.ts';
import { solveByOpenings } from './solve-by-openings.ts';
import type { Optimum } from './solve-optimum.ts';

const secondsEach = 60;
const mostGapPercent = 2;
/** Problems of 174 to 200 clients. */
const largeSeeds = [30, 41, 43];

interface Compared {
  readonly instance: Instance;
  readonly optimum: Optimum;
  readonly placed: number;
  /** By how much the plan's completion lies above the optimum; null when the numbers placed differ. */
  readonly gapPercent: number | null;
  readonly planMs: number;
}

/** Random problems planned, against the optimum that HiGHS proves; `--rounds` says how many, `--seed` picks one. */
export async function measurePart(options: BenchOptions): Promise<PartReport> {
  const mostClients = options.clients ?? 200;
  const seeds =
    options.seed === null
      ? [...Array.from({ length: options.rounds ?? 12 }, (_, index) => index + 1), ...largeSeeds]
      : [options.seed];
  const compared: Compared[] = [];
  for (const seed of seeds) {
    const result = await compare(instanceOf(seed, mostClients));
    compared.push(result);
    sayProgress(told(result));
  }
  const proven = compared.filter(({ optimum }) => optimum.kind === 'proven');
  const gaps = proven.flatMap(({ gapPercent }) => gapPercent ?? []);
  const rows = [
    {
      what: 'problems',
      found: `${compared.length}, ${proven.length} proven optimal, ${compared.length - proven.length} not within ${secondsEach} s`,
    },
    { what: 'the same number placed', found: `${gaps.length} of ${proven.length}` },
    { what: 'completion above the optimum, % (at most 2)', found: spread(gaps, 3) },
    { what: 'ms to plan', found: spread(proven.map(({ planMs }) => planMs)) },
    {
      what: 'ms to prove',
      found: spread(
        proven.map(({ optimum }) => optimum.seconds * 1_000),
        0,
      ),
    },
  ];
  return { rows, wrong: proven.filter(isWrong).map(told) };
}

async function compare(instance: Instance): Promise<Compared> {
  const { input } = instance;
  const { answer, ms: planMs } = timed(() => outcomeOf(input));
  const problem = problemOf(instance);
  const optimum = await solveByOpenings(problem, {
    seconds: secondsEach,
    knownPlaced: answer.placed,
  });
  const { placed, completionMs } = answer;
  const best =
    optimum.kind === 'proven' && optimum.placed === placed
      ? optimum.completionMs(epochMsOf(input.plannedAt))
      : null;
  const gapPercent = best === null ? null : (completionMs / Math.max(1, best) - 1) * 100;
  return { instance, optimum, placed, gapPercent, planMs };
}

/** How many clients the planner has found dates for, and the sum of their ends; dates that stood already aside. */
function outcomeOf(input: PlanInput): { readonly placed: number; readonly completionMs: number } {
  const standing = new Set(
    input.clients.filter(({ keeps, pinned }) => keeps ?? pinned).map(({ key }) => key),
  );
  const since = epochMsOf(input.plannedAt) - durationMs(input.policy.worstCase);
  const ends = plan(input).clients.flatMap(({ key, placement }) =>
    placement.kind === 'placed' && !standing.has(key)
      ? [epochMsOf(placement.slotStart) - since]
      : [],
  );
  return { placed: ends.length, completionMs: ends.reduce((total, end) => total + end, 0) };
}

/** Better than a proven optimum means that the plan or the model breaks a rule. */
function isWrong({ gapPercent }: Compared): boolean {
  return gapPercent === null || gapPercent > mostGapPercent || gapPercent < -1e-9;
}

function told({ instance, optimum, placed, gapPercent, planMs }: Compared): string {
  const { seed, kind, input } = instance;
  const size = `${input.clients.length} clients, ${windowsOf(input)} windows, ${input.cohorts.length} cohorts`;
  const head = `seed ${seed}, ${kind}, ${size}: ${placed} placed in ${planMs.toFixed(0)} ms`;
  if (optimum.kind === 'not proven') return `${head}, not proven in ${secondsEach} s`;
  const gap = gapPercent === null ? '' : `, completion ${gapPercent.toFixed(3)} % above`;
  return `${head}, optimum ${optimum.placed} in ${(optimum.seconds * 1_000).toFixed(0)} ms${gap}`;
}

/** How many windows the policy opens to an ordinary client until the latest date; freezes may close some. */
function windowsOf({ plannedAt, policy, calendars, changeKind }: PlanInput): number {
  const layer = layerFrom('policy', calendars['evenings']);
  const range = { start: plannedAt, end: plusMs(plannedAt, policy.latestDateDays * 86_400_000) };
  const scope = { kind: changeKind, clientZone: 'America/Toronto' };
  return openStretches([layer], range, scope).length;
}
