import type { Relaxation } from '../plan-input.ts';
import { cheapestRelaxation } from './cheapest-relaxation.ts';
import type { Candidate } from './crowd.ts';
import type { Placing } from './place-clients.ts';
import type { Planning } from './planning.ts';
import type { StartSpan } from './start-span.ts';
import { whyUnplaced } from './why-unplaced.ts';

/** What is said of a client without a date. */
export interface Explanation {
  readonly reasons: readonly string[];
  readonly relaxation: Relaxation | null;
}

/** For how many kinds of clients relaxations are tried in one plan; the others are told the reasons only. */
const mostTried = 150;

/** Explains clients without a date; the same is said of all to whom the same rules and limits apply. */
export function explanations(
  planning: Planning,
  placing: Placing,
): (candidate: Candidate) => Explanation {
  const known = new Map<string, Explanation>();
  const ids = new Map<readonly StartSpan[], number>();
  return (candidate) => {
    const { client, open, from, side } = candidate;
    const id = ids.get(open) ?? ids.size;
    ids.set(open, id);
    const { cohort, deployer, deployerLimit } = client;
    const key = JSON.stringify([id, from, side.agreedAt, cohort, deployer, deployerLimit]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const isTried = known.size < mostTried && from < Infinity;
    const fresh = {
      reasons: whyUnplaced(candidate, planning, placing),
      relaxation: isTried ? cheapestRelaxation({ planning, placing, candidate }) : null,
    };
    known.set(key, fresh);
    return fresh;
  };
}

/** Explains nothing, for those who only ask for dates. */
export function noExplanations(): Explanation {
  return { reasons: [], relaxation: null };
}
