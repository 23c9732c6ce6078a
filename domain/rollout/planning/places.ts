import { type StepCounter, stepCounter } from './step-counter.ts';

/** Limits on deployments at once; a deployer's comes with the seat. */
export interface PlaceLimits {
  readonly vendor: number;
  readonly rollout: number;
  /** By the index of the cohort. */
  readonly cohorts: readonly number[];
}

/** Whose limits a deployment counts under. */
export interface Seat {
  readonly cohort: number;
  readonly deployer: string;
  readonly deployerLimit: number;
}

export type LimitName = 'cohort' | 'rollout' | 'deployer' | 'vendor';

/** Which places are taken when. Each deployment takes one for the worst case, so that no limit is ever exceeded. */
export interface Places {
  /** What another rollout has taken counts under the vendor and its deployer only. */
  readonly takeForOther: (deployer: string, start: number, end: number) => void;
  readonly take: (seat: Seat, start: number) => void;
  readonly release: (seat: Seat, start: number) => void;
  readonly isFree: (seat: Seat, start: number) => boolean;
  /** Whether cohort, rollout and vendor have a place, whatever the deployer says. */
  readonly hasRoom: (cohort: number, start: number) => boolean;
  readonly deployerHasRoom: (seat: Seat, start: number) => boolean;
  /** How many places are free at once from a start to its worst end; not below 0. */
  readonly free: (seat: Seat, start: number) => number;
  /** The limits that are reached somewhere between a start and its worst end. */
  readonly reached: (seat: Seat, start: number) => readonly LimitName[];
  /** The first moment after the given one at which a place may have become free; Infinity when none does. */
  readonly nextChange: (after: number) => number;
  readonly copy: (limits?: PlaceLimits) => Places;
}

/** No place is taken yet; every deployment takes its place for so many milliseconds. */
export function freePlaces(limits: PlaceLimits, worstCaseMs: number): Places {
  return placesOf({
    limits,
    worstCaseMs,
    vendor: stepCounter(),
    rollout: stepCounter(),
    cohorts: limits.cohorts.map(() => stepCounter()),
    deployers: new Map(),
  });
}

interface Counters {
  readonly limits: PlaceLimits;
  readonly worstCaseMs: number;
  readonly vendor: StepCounter;
  readonly rollout: StepCounter;
  readonly cohorts: readonly StepCounter[];
  readonly deployers: Map<string, StepCounter>;
}

function placesOf(counters: Counters): Places {
  const { limits, worstCaseMs, vendor, rollout, cohorts, deployers } = counters;
  const change = ({ cohort, deployer }: Seat, start: number, by: number): void => {
    for (const each of [vendor, rollout, cohorts[cohort], counterOf(deployers, deployer)]) {
      each?.add(start, start + worstCaseMs, by);
    }
  };
  const spare = (counter: StepCounter | undefined, limit: number, start: number): number =>
    limit - (counter?.mostIn(start, start + worstCaseMs) ?? 0);
  const spares = ({ cohort, deployer, deployerLimit }: Seat, start: number) => ({
    cohort: spare(cohorts[cohort], limits.cohorts[cohort] ?? limits.rollout, start),
    rollout: spare(rollout, limits.rollout, start),
    deployer: spare(deployers.get(deployer), deployerLimit, start),
    vendor: spare(vendor, limits.vendor, start),
  });
  const hasRoom = (cohort: number, start: number): boolean =>
    spare(cohorts[cohort], limits.cohorts[cohort] ?? limits.rollout, start) > 0 &&
    spare(rollout, limits.rollout, start) > 0 &&
    spare(vendor, limits.vendor, start) > 0;
  const deployerHasRoom = ({ deployer, deployerLimit }: Seat, start: number): boolean =>
    spare(deployers.get(deployer), deployerLimit, start) > 0;
  return {
    takeForOther: (deployer, start, end) => {
      vendor.add(start, end, 1);
      counterOf(deployers, deployer).add(start, end, 1);
    },
    take: (seat, start) => {
      change(seat, start, 1);
    },
    release: (seat, start) => {
      change(seat, start, -1);
    },
    isFree: (seat, start) => hasRoom(seat.cohort, start) && deployerHasRoom(seat, start),
    hasRoom,
    deployerHasRoom,
    free: (seat, start) => Math.max(0, Math.min(...Object.values(spares(seat, start)))),
    reached: (seat, start) => {
      const left = spares(seat, start);
      return limitNames.filter((name) => left[name] <= 0);
    },
    nextChange: (after) => vendor.nextChange(after),
    copy: (others = limits) =>
      placesOf({
        limits: others,
        worstCaseMs,
        vendor: vendor.copy(),
        rollout: rollout.copy(),
        cohorts: cohorts.map((each) => each.copy()),
        deployers: new Map([...deployers].map(([name, each]) => [name, each.copy()])),
      }),
  };
}

const limitNames = ['cohort', 'rollout', 'deployer', 'vendor'] as const;

function counterOf(deployers: Map<string, StepCounter>, name: string): StepCounter {
  const known = deployers.get(name) ?? stepCounter();
  deployers.set(name, known);
  return known;
}
