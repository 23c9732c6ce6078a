/** How much of something is in use at every moment, kept as steps in order of time. */
export interface StepCounter {
  readonly add: (start: number, end: number, by: number) => void;
  /** The most that is in use at once within `[start, end)`. */
  readonly mostIn: (start: number, end: number) => number;
  /** The first moment after the given one at which the use changes; Infinity when it never does. */
  readonly nextChange: (after: number) => number;
  readonly copy: () => StepCounter;
}

/** Counts from the given steps on; without them nothing is in use. */
export function stepCounter(times: number[] = [-Infinity], levels: number[] = [0]): StepCounter {
  const boundary = (at: number): number => {
    const index = lastUpTo(times, at);
    if (times[index] === at) return index;
    times.splice(index + 1, 0, at);
    levels.splice(index + 1, 0, levels[index] ?? 0);
    return index + 1;
  };
  return {
    add: (start, end, by) => {
      const first = boundary(start);
      const last = boundary(end);
      for (let index = first; index < last; index++) levels[index] = (levels[index] ?? 0) + by;
    },
    mostIn: (start, end) => {
      let index = lastUpTo(times, start);
      let most = levels[index] ?? 0;
      for (index++; (times[index] ?? Infinity) < end; index++) {
        most = Math.max(most, levels[index] ?? 0);
      }
      return most;
    },
    nextChange: (after) => times[lastUpTo(times, after) + 1] ?? Infinity,
    copy: () => stepCounter([...times], [...levels]),
  };
}

/** The index of the last of the sorted numbers that is at most the limit; −1 when none is. */
export function lastUpTo(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
