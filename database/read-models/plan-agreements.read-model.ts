import { agreedTerms } from '../../domain/client/agreed-terms.ts';
import type { ClientId } from '../../domain/ids.ts';
import type { Instant } from '../../domain/instant.ts';
import type { PlanClient, PlanInput } from '../../domain/rollout/plan-input.ts';
import type { ClientMoves, Consent } from '../../domain/rollout/policy.ts';
import type { Queryable } from '../pool.ts';
import { readAgreements } from '../stores/agreement.store.ts';

/** What the clients of a plan agreed on, each for itself. */
export interface AgreedByClient {
  /** The documents of their freezes and agreed calendars by id. */
  readonly calendars: PlanInput['calendars'];
  /** A client's own calendar, then its freezes, then what stands instead of the vendor's times. */
  readonly layersOf: (
    client: Pick<PlanClient, 'clientId' | 'calendarId'>,
  ) => Pick<PlanClient, 'layers' | 'agreedLead'>;
  /** The consent it agreed on; the stricter of it and the policy's counts. */
  readonly consentOf: (clientId: ClientId) => Consent | null;
}

/** Reads the agreements in force at that moment, as far as they bind such a change. */
export async function readAgreedTerms(
  db: Queryable,
  of: { readonly clientIds: readonly ClientId[]; readonly critical: boolean; readonly at: Instant },
): Promise<AgreedByClient> {
  const agreements = await readAgreements(db, of.clientIds, of.at);
  const terms = new Map(
    [...Map.groupBy(agreements, ({ clientId }) => clientId)].map(([clientId, each]) => [
      clientId,
      agreedTerms(each, of),
    ]),
  );
  const calendars = [...terms.values()].map((each) => each.calendars);
  return {
    calendars: Object.assign({}, ...calendars) as PlanInput['calendars'],
    layersOf: ({ clientId, calendarId }) => {
      const agreed = terms.get(clientId);
      const own = calendarId === null ? [] : [{ layer: 'client', calendarId } as const];
      return { layers: [...own, ...(agreed?.layers ?? [])], agreedLead: agreed?.lead ?? null };
    },
    consentOf: (clientId) => terms.get(clientId)?.consent ?? null,
  };
}

/** How a client may move its own date, where it agreed on other limits than the policy's. */
export async function readMovesOfClient(
  db: Queryable,
  clientId: ClientId,
  of: { readonly critical: boolean; readonly at: Instant },
): Promise<ClientMoves | null> {
  return agreedTerms(await readAgreements(db, [clientId], of.at), of).moves;
}
