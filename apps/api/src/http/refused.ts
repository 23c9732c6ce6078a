import type { Refusal } from '../../../../activities/planning/refusal.ts';
import { Problem } from './problem.ts';

/** What an act refused, as the caller reads it. */
export function problemOfRefusal(
  { code, message }: Omit<Refusal, 'kind'>,
  more: Readonly<Record<string, unknown>> = {},
): Problem {
  if (code.endsWith('_NOT_FOUND')) return new Problem(404, 'NOT_FOUND', message, more);
  const known = renamed[code] ?? code;
  return new Problem(unprocessable.includes(code) ? 422 : 409, known, message, more);
}

/** Whoever started a plan reads one code for "look at it again" and one for "it runs already". */
const renamed: Readonly<Record<string, string>> = {
  PLAN_ALREADY_STARTED: 'ALREADY_STARTED',
  PLAN_EXPIRED: 'PLAN_STALE',
  PLAN_HASH_MISMATCH: 'PLAN_STALE',
};

const unprocessable: readonly string[] = [
  'COHORTS_INVALID',
  'CLIENT_NOT_IN_ROLLOUT',
  'CLIENT_UNKNOWN',
  'NO_CLIENTS',
];
