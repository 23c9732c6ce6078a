import type { Transaction } from '../../database/in-transaction.ts';
import {
  type ClientPart,
  lockParts,
  type PartSelection,
} from '../../database/stores/client-part.store.ts';
import { lockCohorts } from '../../database/stores/cohort.store.ts';
import { lockRollout, type Rollout } from '../../database/stores/rollout.store.ts';
import type { RolloutId } from '../../domain/ids.ts';
import type { RefusedVerb } from '../../domain/rollout/event-words.ts';
import { noSuchRollout, type Refusal, refuse } from './refusal.ts';

/** Which clients of which rollout somebody gives an order about. */
export interface ClientsOrder {
  readonly rolloutId: RolloutId;
  readonly clients: Exclude<PartSelection, 'all'>;
  readonly actor: string;
}

type ClientVerb = keyof typeof doing;

/** What an order would do to clients. */
const doing = {
  hold: 'hold them',
  release: 'release them',
  skip: 'skip them',
  retry: 'try them again',
  'choose-date': 'give them another date',
  request: 'answer their requests',
} as const satisfies Partial<Record<RefusedVerb, string>>;

export type SelectedClients =
  | { readonly kind: 'selected'; readonly rollout: Rollout; readonly parts: readonly ClientPart[] }
  | Refusal;

/**
 * Locks the rollout and the named clients. Refused as a whole when a named client has no part or its state does not
 * allow the verb; of a tag's clients those that do not allow it are left out.
 */
export async function selectClients(
  tx: Transaction,
  order: ClientsOrder,
  rule: { readonly verb: ClientVerb; readonly allows: (part: ClientPart) => boolean },
): Promise<SelectedClients> {
  const { rolloutId, actor, clients } = order;
  const attempt = { verb: rule.verb, actor, rolloutId } as const;
  const rollout = await lockRollout(tx, rolloutId);
  if (rollout === null) return refuse(tx, { verb: rule.verb, actor }, noSuchRollout);
  await lockCohorts(tx, rolloutId);
  const parts = await lockParts(tx, rolloutId, clients);
  if ('keys' in clients) {
    const found = new Set(parts.map(({ key }) => key));
    const lacking = clients.keys.filter((key) => !found.has(key));
    if (lacking.length > 0) return refuse(tx, attempt, notInRollout(rollout, lacking));
    const wrong = parts.filter((part) => !rule.allows(part));
    if (wrong.length > 0) return refuse(tx, attempt, notAllowed(wrong, rule.verb));
  }
  const allowed = parts.filter((part) => rule.allows(part));
  if (allowed.length === 0) return refuse(tx, attempt, nobody(rollout, rule.verb));
  return { kind: 'selected', rollout, parts: allowed };
}

function notInRollout({ name }: Rollout, keys: readonly string[]) {
  const message = `"${name}" has no client ${keys.join(', ')}; look at its list of clients.`;
  return { code: 'CLIENT_NOT_IN_ROLLOUT', message };
}

function notAllowed(parts: readonly ClientPart[], verb: ClientVerb) {
  const who = parts.map(({ key, state, held }) => `${key} (${state}${held ? ', on hold' : ''})`);
  const message = `Their state does not allow to ${doing[verb]}: ${who.join(', ')}; name the others.`;
  return { code: 'CLIENT_STATE', message };
}

function nobody({ name }: Rollout, verb: ClientVerb) {
  const message = `The state of no such client of "${name}" allows to ${doing[verb]}; look at its list of clients.`;
  return { code: 'NO_CLIENTS', message };
}
