import { api, take } from '../../api/client.ts';
import { reportOf } from '../../api/problem.ts';
import type { ClientRollout, MessageStatus } from '../../api/types.ts';
import type { components } from '../../generated/api.ts';

export type Offer = components['schemas']['Offer'];
export type ChosenDate = components['schemas']['ChosenDate'];

/** A client is bound by how often and how late it may move its date; the vendor is not. */
export type Chooser = 'client' | 'person';

/** Whose date in which rollout. */
export interface DatePlace {
  readonly id: string;
  readonly key: string;
}

/** The dates a client can have, earliest first; `from` may be empty. */
export async function offersOf(
  place: DatePlace,
  { by, from }: { readonly by: Chooser; readonly from: string },
): Promise<readonly Offer[]> {
  const query = { count: 12, by, ...(from === '' ? {} : { from }) };
  const { items } = await take(
    api.GET('/v1/rollouts/{id}/clients/{key}/offers', { params: { path: place, query } }),
  );
  return items;
}

/** Gives the client that date, if it can still be had. */
export function chooseDate(
  place: DatePlace,
  body: { readonly start: string; readonly by: Chooser },
): Promise<ChosenDate> {
  return take(api.POST('/v1/rollouts/{id}/clients/{key}/date', { params: { path: place }, body }));
}

/** The dates that a refusal names instead; null when it names none. */
export function offersInstead(error: unknown): readonly Offer[] | null {
  const { code, extra } = reportOf(error);
  const { offers } = extra;
  const isAboutTheDate = code === 'DATE_TAKEN' || code === 'DATE_NOT_ALLOWED';
  return isAboutTheDate && Array.isArray(offers) ? (offers as readonly Offer[]) : null;
}

/** Only a client whose production has not begun can have another date. */
export function mayMove({ state }: Pick<ClientRollout, 'state'>): boolean {
  return movable.includes(state);
}

const movable: readonly ClientRollout['state'][] = [
  'planned',
  'previewing',
  'asking',
  'agreed',
  'scheduled',
  'missed',
];

/** Whoever may have been told a date, by name, each once. */
export function toldOf(messages: ClientRollout['messages']): readonly string[] {
  const told = messages.filter(
    ({ kind, status }) => datedKinds.includes(kind) && !unsent.includes(status),
  );
  return [...new Set(told.map(({ toName }) => toName))];
}

const datedKinds: readonly string[] = ['notice', 'moved'];

/** Nothing of these has left; of all others it may have. */
const unsent: readonly MessageStatus[] = [
  'planned',
  'queued',
  'cancelled',
  'superseded',
  'expired',
  'rejected',
  'suppressed',
  'dropped',
];

/** How scarce an offer is. */
export function freeWords(free: number): string {
  if (free > 5) return 'plenty of room';
  return free === 1 ? 'the last place' : `${free} places left`;
}
