import type { paths } from '../../generated/api.ts';

type PlanBody = paths['/v1/plans']['post']['requestBody']['content']['application/json'];
export type CohortRule = NonNullable<PlanBody['cohorts']>[number];

/** What a person wants to roll out to whom, as it is kept in the address. */
export interface RolloutWish {
  readonly change: string | null;
  readonly who: 'all' | 'tags' | 'keys' | 'reporters';
  readonly tags: readonly string[];
  readonly keys: readonly string[];
  /** Empty = as the policy says. */
  readonly cohorts: readonly CohortRule[];
  /** null = the one Daymark proposes. */
  readonly policy: string | null;
  /** The rollout whose clients, cohorts and policy are taken over; null = none. */
  readonly like: string | null;
  /** The cadence that says all but the change; null = none. */
  readonly cadence: string | null;
}

/** Reads a wish from the address. */
export function readWish(params: URLSearchParams): RolloutWish {
  const who = (['tags', 'keys', 'reporters'] as const).find((each) => each === params.get('who'));
  return {
    change: params.get('change'),
    who: who ?? 'all',
    tags: listOf(params.get('tags')),
    keys: listOf(params.get('keys')),
    cohorts: readCohorts(params.get('cohorts')),
    policy: params.get('policy'),
    like: params.get('like'),
    cadence: params.get('cadence'),
  };
}

/** Writes it back after a person changed it: what was changed no longer follows a cadence. */
export function writeWish(wish: RolloutWish): Record<string, string | null> {
  return {
    change: wish.change,
    who: wish.who === 'all' ? null : wish.who,
    tags: wish.tags.join(','),
    keys: wish.keys.join(','),
    cohorts: wish.cohorts.length === 0 ? null : JSON.stringify(wish.cohorts),
    policy: wish.policy,
    like: wish.like,
    cadence: null,
    plan: null,
    before: null,
  };
}

/** The order for a plan that fits the wish. */
export function planBody(wish: RolloutWish & { readonly change: string }): PlanBody {
  const { change, policy, cohorts, like } = wish;
  return {
    change,
    ...clientsOf(wish),
    ...(like === null ? {} : { like }),
    ...(policy === null ? {} : { policy }),
    ...(cohorts.length === 0 ? {} : { cohorts: [...cohorts] }),
  };
}

function clientsOf({ who, tags, keys }: RolloutWish): Pick<PlanBody, 'clients'> {
  switch (who) {
    case 'all':
      return {};
    case 'tags':
      return { clients: { tags: [...tags] } };
    case 'keys':
      return { clients: { keys: [...keys] } };
    case 'reporters':
      return { clients: { reporters: true } };
  }
}

function listOf(value: string | null): readonly string[] {
  return (value ?? '').split(',').filter((each) => each !== '');
}

/** An address somebody cut short must not break the screen. */
function readCohorts(value: string | null): readonly CohortRule[] {
  if (value === null) return [];
  try {
    const cohorts: unknown = JSON.parse(value);
    return Array.isArray(cohorts) ? (cohorts as CohortRule[]) : [];
  } catch {
    return [];
  }
}
