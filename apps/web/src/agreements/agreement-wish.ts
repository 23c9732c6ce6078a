import type { paths } from '../generated/api.ts';
import type { Weekday } from '../calendars/document/calendar-document.ts';
import { weeklyRule } from '../calendars/document/patterns.ts';
import { describeRule } from '../calendars/document/describe-rule.ts';
import type { AgreementKind, consentWords } from './agreement-words.ts';

/** What the form holds while somebody fills it in; only the part of its kind is sent. */
export interface AgreementWish {
  readonly kind: AgreementKind;
  readonly calendar: {
    readonly isText: boolean;
    readonly weekdays: readonly Weekday[];
    readonly from: string;
    readonly to: string;
    readonly yaml: string;
  };
  readonly freeze: { readonly from: string; readonly to: string; readonly reason: string };
  readonly lead: { readonly unit: LeadUnit; readonly amount: number };
  readonly consent: keyof typeof consentWords;
  readonly moves: {
    readonly times: number;
    readonly noticeHours: number;
    readonly latestDays: number;
  };
  readonly source: string;
  readonly owner: string;
  /** Empty = today. */
  readonly since: string;
  /** Empty = until somebody ends it. */
  readonly expires: string;
  readonly bindsCritical: boolean;
}

export type LeadUnit = 'businessDays' | 'days' | 'hours';

export type AgreementBody =
  paths['/v1/clients/{key}/agreements']['post']['requestBody']['content']['application/json'];

/** An empty form for an owner. */
export function emptyWish(owner: string): AgreementWish {
  return {
    kind: 'calendar',
    calendar: { isText: false, weekdays: ['sun'], from: '09:00', to: '17:00', yaml: yamlExample },
    freeze: { from: '', to: '', reason: '' },
    lead: { unit: 'businessDays', amount: 10 },
    consent: 'approve',
    moves: { times: 2, noticeHours: 48, latestDays: 14 },
    source: '',
    owner,
    since: '',
    expires: '',
    bindsCritical: true,
  };
}

/** The order for the server. */
export function bodyOf(wish: AgreementWish): AgreementBody {
  const { source, owner, bindsCritical, since, expires } = wish;
  const common = { source: source.trim(), owner: owner.trim(), bindsCritical };
  const days = { ...(since === '' ? {} : { since }), ...(expires === '' ? {} : { expires }) };
  switch (wish.kind) {
    case 'calendar':
      return { kind: 'calendar', ...calendarOf(wish.calendar), ...common, ...days };
    case 'freeze': {
      const { from, to, reason } = wish.freeze;
      return { kind: 'freeze', from, to, reason: reason.trim(), ...common };
    }
    case 'lead':
      return { kind: 'lead', lead: leadOf(wish.lead), ...common, ...days };
    case 'consent':
      return { kind: 'consent', consent: wish.consent, ...common, ...days };
    case 'moves':
      return { kind: 'moves', ...wish.moves, ...common, ...days };
  }
}

/** What is still missing, in words for the one who fills it in; null = nothing. */
export function missingIn(wish: AgreementWish): string | null {
  const { source, owner, since, expires } = wish;
  const terms = missingTerms(wish);
  if (terms !== null) return terms;
  if (source.trim() === '') return 'Say where it was agreed.';
  if (owner.trim() === '') return 'Say who looks after it.';
  const isBackwards = wish.kind !== 'freeze' && since !== '' && expires !== '' && expires < since;
  return isBackwards ? 'It would be over before it begins.' : null;
}

const yamlExample = `zone: client
allow:
  - name: Sundays by agreement
    on: { weekdays: [sun] }
    from: "09:00"
    to: "17:00"
`;

function missingTerms({ kind, calendar, freeze, lead, moves }: AgreementWish): string | null {
  switch (kind) {
    case 'calendar':
      return missingDays(calendar);
    case 'freeze':
      return missingFreeze(freeze);
    case 'lead':
      return isCount(lead.amount) ? null : 'Say how long before.';
    case 'consent':
      return null;
    case 'moves':
      return Object.values(moves).every(isCount) ? null : 'Say how often and until when.';
  }
}

function missingDays({
  isText,
  weekdays,
  from,
  to,
  yaml,
}: AgreementWish['calendar']): string | null {
  if (isText) return yaml.trim() === '' ? 'Write the days.' : null;
  if (weekdays.length === 0) return 'Choose at least one weekday.';
  return from === '' || to === '' || from === to ? 'Say from when to when.' : null;
}

function missingFreeze({ from, to, reason }: AgreementWish['freeze']): string | null {
  if (from === '' || to === '') return 'Say from when to when.';
  if (to <= from) return 'It would be over before it begins.';
  return reason.trim() === '' ? 'Say why.' : null;
}

/** An empty number field holds no number at all. */
function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function calendarOf({
  isText,
  weekdays,
  from,
  to,
  yaml,
}: AgreementWish['calendar']): { readonly yaml: string } | { readonly document: Document } {
  if (isText) return { yaml };
  const rule = weeklyRule({ name: '', weekdays, from, to, kinds: [], tags: [] });
  const name = `${describeRule(rule)}, by agreement`;
  return { document: { zone: 'client', allow: [{ ...rule, name }] } };
}

type Document = Record<string, unknown>;

function leadOf({
  unit,
  amount,
}: AgreementWish['lead']): Extract<AgreementBody, { kind: 'lead' }>['lead'] {
  if (unit === 'businessDays') return { businessDays: amount };
  return unit === 'days' ? { days: amount } : { hours: amount };
}
