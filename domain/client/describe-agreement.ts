import type { Lead } from '../calendar/notice-deadline.ts';
import type { Consent } from '../rollout/policy.ts';
import type { AgreementTerms } from './agreement.ts';

/** An agreement in one line, as lists show it. */
export function describeAgreement(terms: AgreementTerms): string {
  switch (terms.kind) {
    case 'calendar':
      return `own allowed times instead of the vendor's: ${allowedTimes(terms.document.allow)}`;
    case 'freeze': {
      const { from, to, reason } = terms.document;
      return `no production from ${timeOf(from)} to ${timeOf(to)}: ${reason}`;
    }
    case 'lead':
      return `told ${leadWords(terms.document.lead)} before the date`;
    case 'consent':
      return consentWords[terms.document.consent];
    case 'moves': {
      const { times, noticeHours } = terms.document;
      return `may move its date ${times} times, up to ${noticeHours} hours before it`;
    }
  }
}

const consentWords = {
  inform: 'is informed',
  object: 'goes ahead unless it objects',
  approve: 'only after it said yes',
} as const satisfies Record<Consent, string>;

type Allow = Extract<AgreementTerms, { kind: 'calendar' }>['document']['allow'];

function allowedTimes(allow: Allow): string {
  if (allow === 'always') return 'always';
  const names = (allow ?? []).map((rule, index) => rule.name ?? `allow[${index}]`);
  return names.length === 0 ? 'none' : names.join(', ');
}

function leadWords(lead: Lead): string {
  if ('businessDays' in lead) return `${lead.businessDays} business days`;
  if ('days' in lead) return `${lead.days} days`;
  return 'hours' in lead ? `${lead.hours} hours` : lead.duration;
}

function timeOf(local: string): string {
  return local.slice(0, 16).replace('T', ' ');
}
