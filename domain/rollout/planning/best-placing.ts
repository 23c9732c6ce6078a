import { placeClients, type Placing } from './place-clients.ts';
import type { Planning } from './planning.ts';

/** How many last starts are tried for each cohort. */
const mostTries = 12;
/** Above so many clients the first placing stands: trying others would take longer than they are worth. */
const mostClients = 2_000;

/**
 * The placing in which most clients have a date, and among those the earliest one. A client with few late chances
 * would keep all later cohorts waiting: where that costs others their dates, fewer stay without one if it does.
 */
export function bestPlacing(planning: Planning): Placing {
  const { cohorts } = planning.input;
  let best = placeClients(planning, { latest: cohorts.map(() => Infinity), thorough: false });
  if (planning.candidates.length > mostClients) return best;
  for (const cohort of cohorts.keys()) {
    if (!othersAreWithoutDate(planning, best, cohort)) continue;
    for (const last of lastStartsOf(planning, best, cohort)) {
      const latest = best.latest.map((each, index) => (index === cohort ? last : each));
      const other = placeClients(planning, { latest, thorough: false });
      if (isBetter(other, best)) best = other;
    }
  }
  // Without any cut as well: trying again may find room for those whom a cut would have given up.
  for (const latest of new Set([best.latest, cohorts.map(() => Infinity)])) {
    const other = placeClients(planning, { latest, thorough: true });
    if (isBetter(other, best)) best = other;
  }
  return best;
}

function isBetter(a: Placing, b: Placing): boolean {
  return a.starts.size - b.starts.size > 0 || (a.starts.size === b.starts.size && sum(a) < sum(b));
}

function sum({ starts }: Placing): number {
  return [...starts.values()].reduce((total, start) => total + start, 0);
}

/** Whether somebody of a later cohort has no date, but could have one if its turn came earlier. */
function othersAreWithoutDate(
  { candidates }: Planning,
  { starts, earliest }: Placing,
  cohort: number,
): boolean {
  return candidates.some((each) => {
    const from = earliest[each.client.cohort] ?? 0;
    if (each.client.cohort <= cohort || starts.has(each)) return false;
    return each.open.some(({ first, last }) => first < from && last >= each.from);
  });
}

/** The starts a cohort might end with instead of its last one, the latest first. */
function lastStartsOf(
  { candidates, worstCaseMs }: Planning,
  { starts }: Placing,
  cohort: number,
): readonly number[] {
  const own = candidates
    .filter(({ client }) => client.cohort === cohort)
    .flatMap((each) => starts.get(each) ?? []);
  const distinct = [...new Set(own)].sort((a, b) => b - a);
  return distinct
    .filter((start, index) => index > 0 && (distinct[index - 1] ?? 0) - start > worstCaseMs)
    .slice(0, mostTries);
}
