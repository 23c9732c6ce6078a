import type { CalendarDocument } from '../calendar/calendar-document.ts';
import type { Lead } from '../calendar/notice-deadline.ts';
import type { AgreementId, ClientId } from '../ids.ts';
import type { Instant, LocalDate } from '../instant.ts';
import type { Consent } from '../rollout/policy.ts';

export const agreementKinds = ['calendar', 'freeze', 'lead', 'consent', 'moves'] as const;
export type AgreementKind = (typeof agreementKinds)[number];

/** What was agreed. */
export type AgreementTerms =
  /** Its allow rules stand instead of the vendor's. */
  | { readonly kind: 'calendar'; readonly document: CalendarDocument }
  | { readonly kind: 'freeze'; readonly document: FreezeTerms }
  | { readonly kind: 'lead'; readonly document: { readonly lead: Lead } }
  | { readonly kind: 'consent'; readonly document: { readonly consent: Consent } }
  | { readonly kind: 'moves'; readonly document: MoveTerms };

/** No production within `[from, to)`, local date-times in the client's zone. */
export interface FreezeTerms {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** How a client may move its own date; takes the place of the policy's. */
export interface MoveTerms {
  readonly times: number;
  readonly noticeHours: number;
  readonly latestDays: number;
}

/** A client's deviation from the policy; it never changes, and its end is a fact of its own. */
export type Agreement = AgreementTerms & {
  readonly id: AgreementId;
  readonly clientId: ClientId;
  readonly clientKey: string;
  /** Where it can be looked up: a contract, a mail, a call. */
  readonly source: string;
  readonly owner: string;
  /** The first and the last day it holds on, in the client's zone; null = until it is ended. */
  readonly since: LocalDate;
  readonly expires: LocalDate | null;
  /** One that does not bind critical hotfixes is left aside for them. */
  readonly bindsCritical: boolean;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly ended: AgreementEnd | null;
};

export interface AgreementEnd {
  readonly at: Instant;
  readonly by: string;
  readonly reason: string;
}

/** Whether it says nothing any more about that day of its client or any later one. */
export function isOver(
  { expires, ended }: Pick<Agreement, 'expires' | 'ended'>,
  today: LocalDate,
): boolean {
  return ended !== null || (expires !== null && expires < today);
}

/** Whether it says anything about that day of its client. */
export function isInForce(
  agreement: Pick<Agreement, 'since' | 'expires' | 'ended'>,
  today: LocalDate,
): boolean {
  return agreement.since <= today && !isOver(agreement, today);
}

/** The calendar that an agreement adds to its client's layers; null for one that adds none. */
export function calendarOfTerms(terms: AgreementTerms): CalendarDocument | null {
  if (terms.kind === 'calendar') return terms.document;
  if (terms.kind !== 'freeze') return null;
  const { from, to } = terms.document;
  return {
    calendar: 'freeze',
    zone: 'client',
    allow: 'always',
    deny: [{ name: freezeName(terms.document), between: [from, to] }],
  };
}

/** `own freeze until 2027-01-20: stocktaking`, as reasons name it. */
function freezeName({ to, reason }: FreezeTerms): string {
  const [date, time = '00:00'] = to.split('T');
  const until = time.startsWith('00:00') ? date : `${date ?? ''} ${time.slice(0, 5)}`;
  return `own freeze until ${until ?? to}: ${reason}`;
}
