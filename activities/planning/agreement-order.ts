import type { CalendarProblem } from '../../domain/calendar/calendar-document.ts';
import type { Agreement, AgreementTerms } from '../../domain/client/agreement.ts';
import { problemsOfTerms } from '../../domain/client/check-terms.ts';
import type { LocalDate } from '../../domain/instant.ts';

/** What somebody writes down that a client agreed on; what is left out is from today on, and for critical ones too. */
export interface AgreementOrder {
  readonly clientKey: string;
  readonly terms: AgreementTerms;
  readonly source: string;
  readonly owner: string;
  readonly since?: LocalDate | undefined;
  readonly expires?: LocalDate | null | undefined;
  readonly bindsCritical?: boolean | undefined;
  readonly actor: string;
}

/** The first and the last day an agreement holds on; a freeze is over with its own last day. */
export function daysOf(
  { terms, since, expires = null }: Pick<AgreementOrder, 'terms' | 'since' | 'expires'>,
  today: LocalDate,
): { readonly since: LocalDate; readonly expires: LocalDate | null } {
  if (terms.kind !== 'freeze') return { since: since ?? today, expires };
  const last = terms.document.to.slice(0, 10) as LocalDate;
  return { since: last < today ? last : today, expires: last };
}

/** What is wrong with an agreement before it is made; an empty list when nothing is. */
export function problemsOfOrder({
  terms,
  since,
  expires,
}: Pick<AgreementOrder, 'terms' | 'since' | 'expires'>): readonly CalendarProblem[] {
  const backwards = since !== undefined && expires && expires < since;
  const message = `it would be over on ${String(expires)}, before it begins on ${String(since)}`;
  return [
    ...problemsOfTerms(terms),
    ...(backwards ? [{ code: 'backwards', path: 'expires', message }] : []),
  ];
}

/** Why an agreement that does not exist cannot be ended. */
export const noSuchAgreement = {
  code: 'AGREEMENT_NOT_FOUND',
  message: 'There is no such agreement; look at the agreements of the client.',
};

/** Why an agreement is not ended again: who ended it, and when. */
export function endedBefore({ ended }: Agreement): {
  readonly code: string;
  readonly message: string;
} {
  const when = ended === null ? '' : ` at ${ended.at}, by ${ended.by} (${ended.reason})`;
  return { code: 'AGREEMENT_ENDED', message: `This agreement was ended${when}.` };
}
