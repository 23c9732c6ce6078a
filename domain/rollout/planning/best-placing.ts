import { bestCuts } from './best-cuts.ts';
import { placeClients, type Placing, standingDates } from './place-clients.ts';
import type { Planning } from './planning.ts';

/** Above so many clients the first placing stands: trying others would take longer than they are worth. */
const mostClients = 2_000;

/**
 * The placing in which most clients have a date, and among those the earliest one. A client with few late chances
 * would keep all later cohorts waiting: where that costs others their dates, fewer stay without one if it does.
 */
export function bestPlacing(planning: Planning): Placing {
  const { candidates, input } = planning;
  const whole = input.cohorts.map(() => Infinity);
  const isSmall = candidates.length <= mostClients;
  const first = placeClients(planning, { latest: whole, thorough: false, heedsLaterDates: true });
  const best = isSmall ? bestOfOthers(planning, first) : first;
  if (best.starts.size === candidates.length || standingDates(planning).loose.length === 0) {
    return best;
  }
  // A date that nobody was told is worth less than a date for one client more.
  const order = { latest: whole, thorough: isSmall, heedsLaterDates: false };
  const unheeding = placeClients(planning, order);
  return unheeding.starts.size > best.starts.size ? unheeding : best;
}

function bestOfOthers(planning: Planning, first: Placing): Placing {
  const { candidates, input } = planning;
  const whole = input.cohorts.map(() => Infinity);
  const cuts = first.starts.size < candidates.length ? bestCuts(planning, first.starts.size) : null;
  // Without any cut as well: trying again may find room for those whom a cut would have given up.
  const orders = [
    ...(cuts === null
      ? []
      : [
          { latest: cuts, thorough: false },
          { latest: cuts, thorough: true },
        ]),
    { latest: whole, thorough: true },
  ];
  return orders.reduce((best, order) => {
    const other = placeClients(planning, { ...order, heedsLaterDates: true });
    return isBetter(other, best) ? other : best;
  }, first);
}

function isBetter(a: Placing, b: Placing): boolean {
  return a.starts.size - b.starts.size > 0 || (a.starts.size === b.starts.size && sum(a) < sum(b));
}

function sum({ starts }: Placing): number {
  return [...starts.values()].reduce((total, start) => total + start, 0);
}
