import type { Agreement } from '../api/types.ts';
import { asDocument, type RuleDocument } from '../calendars/document/calendar-document.ts';
import { describeRule } from '../calendars/document/describe-rule.ts';
import { rulesOf } from '../calendars/document/edit-document.ts';
import { shortDate, shortLocal } from '../words/dates.ts';
import { countOf, listWords } from '../words/terms.ts';

export type AgreementKind = Agreement['kind'];

export const kindWords = {
  calendar: 'Own rollout days',
  freeze: 'Freeze',
  lead: 'Earlier notice',
  consent: 'Consent',
  moves: 'Moving dates',
} as const satisfies Record<AgreementKind, string>;

/** What was agreed, in one sentence: “Sunday, 09:00–17:00 instead of the vendor’s days”. */
export function agreementWords({ kind, document }: Pick<Agreement, 'kind' | 'document'>): string {
  switch (kind) {
    case 'calendar':
      return calendarWords(document);
    case 'freeze':
      return freezeWords(document as unknown as FreezeTerms);
    case 'lead':
      return `Told ${leadWords(document['lead'])} before the date`;
    case 'consent':
      return consentWords[document['consent'] as keyof typeof consentWords];
    case 'moves':
      return moveWords(document as unknown as MoveTerms);
  }
}

export const consentWords = {
  inform: 'Is informed only',
  object: 'Goes ahead unless the client objects',
  approve: 'Only after the client said yes',
} as const;

/** Whether it holds today; `today` is the client's date. */
export function standingOf(
  { since, expires, ended }: Pick<Agreement, 'since' | 'expires' | 'ended'>,
  today: string,
): Standing {
  if (ended !== null) return 'ended';
  if (expires !== null && expires < today) return 'expired';
  return since > today ? 'coming' : 'holds';
}

export type Standing = 'holds' | 'coming' | 'expired' | 'ended';

export const standingWords = {
  holds: 'Holds',
  coming: 'Not yet',
  expired: 'Expired',
  ended: 'Ended',
} as const satisfies Record<Standing, string>;

/** Since when and until when, as it is read: “2 Nov 2026 until ended”. */
export function spanWords({ since, expires }: Pick<Agreement, 'since' | 'expires'>): string {
  return `${shortDate(since)} ${expires === null ? 'until ended' : `to ${shortDate(expires)}`}`;
}

interface FreezeTerms {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

interface MoveTerms {
  readonly times: number;
  readonly noticeHours: number;
  readonly latestDays: number;
}

function calendarWords(stored: Agreement['document']): string {
  const document = asDocument(stored);
  const allowed = document.allow === 'always' ? 'Any day' : rulesWords(rulesOf(document, 'allow'));
  const closed = rulesWords(rulesOf(document, 'deny'));
  return [
    `${allowed === '' ? 'No day' : allowed} instead of the vendor’s days`,
    ...(closed === '' ? [] : [`closed: ${closed}`]),
  ].join('; ');
}

function rulesWords(rules: readonly RuleDocument[]): string {
  return listWords(rules.map((rule) => describeRule(rule)));
}

function freezeWords({ from, to, reason }: FreezeTerms): string {
  return `No production from ${shortLocal(from)} to ${shortLocal(to)}: ${reason}`;
}

function leadWords(lead: unknown): string {
  const [unit = '', amount = 0] = Object.entries(lead ?? {})[0] ?? [];
  if (unit === 'businessDays') return countOf(Number(amount), 'business day');
  return unit === 'days' ? countOf(Number(amount), 'day') : countOf(Number(amount), 'hour');
}

function moveWords({ times, noticeHours, latestDays }: MoveTerms): string {
  if (times === 0) return 'May not move its date';
  const often = times === 1 ? 'once' : `${times} times`;
  return (
    `May move its date ${often}, up to ${countOf(noticeHours, 'hour')} before it ` +
    `and at most ${countOf(latestDays, 'day')} later`
  );
}
