import type { CohortRule } from './policy.ts';

/** What decides which cohort a client belongs to. */
interface CohortMember {
  readonly tags: readonly string[];
  readonly reported: boolean;
}

/** The cohorts that have anybody in them, and for each member (in the given order) the index of its cohort. */
export interface CohortAssignment {
  readonly cohorts: readonly { readonly name: string; readonly maxInFlight: number | null }[];
  readonly cohortOf: readonly number[];
}

/**
 * Puts every client into the first cohort whose rule takes it. A cohort without clients is left out: nobody would
 * be watched while it is observed.
 */
export function assignCohorts(
  rules: readonly CohortRule[],
  members: readonly CohortMember[],
): CohortAssignment {
  const ruleOf = members.map((member) => rules.findIndex((rule) => takes(rule, member)));
  const used = rules.map((_, index) => index).filter((index) => ruleOf.includes(index));
  return {
    cohorts: used.flatMap((index) => {
      const rule = rules[index];
      return rule ? [{ name: rule.name, maxInFlight: rule.maxInFlight ?? null }] : [];
    }),
    cohortOf: ruleOf.map((index) => used.indexOf(index)),
  };
}

function takes(rule: CohortRule, { tags, reported }: CohortMember): boolean {
  if (rule.rest === true) return true;
  if (rule.reporters === true && reported) return true;
  return rule.tags?.some((tag) => tags.includes(tag)) ?? false;
}
