import { canonicalJson } from '../canonical-json.ts';
import type { PlanClient, PlanInput } from './plan-input.ts';

/** In what a plan differs from the rollout it was made after, one sentence each; empty when nothing does. */
export function likeDifferences(
  before: Pick<PlanInput, 'policy' | 'clients' | 'cohorts' | 'calendars'>,
  now: Pick<PlanInput, 'policy' | 'clients' | 'cohorts' | 'calendars'>,
): readonly string[] {
  const was = new Map(before.clients.map((client) => [client.key, client]));
  const is = new Map(now.clients.map((client) => [client.key, client]));
  const added = [...is.keys()].filter((key) => !was.has(key));
  const left = [...was.keys()].filter((key) => !is.has(key));
  const both = [...is.values()].flatMap((client) => {
    const old = was.get(client.key);
    return old === undefined ? [] : [{ old, client }];
  });
  return [
    ...named('added since', added),
    ...named('no longer part of it', left),
    ...policyWords(before, now),
    ...both.flatMap(({ old, client }) => clientWords(old, client, { before, now })),
  ];
}

function named(what: string, keys: readonly string[]): readonly string[] {
  return keys.length === 0 ? [] : [`${what}: ${keys.toSorted().join(', ')}`];
}

function policyWords(
  before: Pick<PlanInput, 'policy'>,
  now: Pick<PlanInput, 'policy'>,
): readonly string[] {
  const [was, is] = [rulesOf(before), rulesOf(now)];
  if (before.policy.name !== now.policy.name) {
    return [`policy ${now.policy.name} instead of ${before.policy.name}`];
  }
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  const changed = fields.filter((field) => textOf(was[field]) !== textOf(is[field]));
  if (changed.length === 0) return [];
  return [`policy ${now.policy.name} was changed since: ${changed.join(', ')}`];
}

/** What an assessment or an order sets for one rollout alone is no change of the policy. */
function rulesOf({ policy }: Pick<PlanInput, 'policy'>): Readonly<Record<string, unknown>> {
  const own = ['worstCase', 'cohorts'];
  return Object.fromEntries(Object.entries(policy).filter(([field]) => !own.includes(field)));
}

function clientWords(
  old: PlanClient,
  client: PlanClient,
  { before, now }: Record<'before' | 'now', Pick<PlanInput, 'cohorts' | 'calendars'>>,
): readonly string[] {
  const { key } = client;
  const [was, is] = [before.cohorts[old.cohort]?.name, now.cohorts[client.cohort]?.name];
  const [had, has] = [layerTexts(old, before), layerTexts(client, now)];
  const checks: readonly (readonly [boolean, string])[] = [
    [was !== is, `${key} is in cohort ${is ?? '?'} instead of ${was ?? '?'}`],
    [has.some((each) => !had.includes(each)), `${key} has a new agreement or calendar`],
    [had.some((each) => !has.includes(each)), `an agreement or calendar of ${key} has ended`],
    [textOf(old.agreedLead) !== textOf(client.agreedLead), `${key} has another agreed notice`],
    [old.consent !== client.consent, `consent of ${key} is ${client.consent}, was ${old.consent}`],
  ];
  return checks.flatMap(([differs, words]) => (differs ? [words] : []));
}

/** By what they say: revisions and agreements made anew with the same words do not differ. */
function layerTexts(
  { layers }: PlanClient,
  { calendars }: Pick<PlanInput, 'calendars'>,
): readonly string[] {
  return layers.map(({ layer, calendarId }) => `${layer} ${textOf(calendars[calendarId])}`);
}

function textOf(value: unknown): string {
  return value === undefined ? '' : canonicalJson(value);
}
