import type { ValidSpan } from '../calendar/calendar-document.ts';
import type { Lead } from '../calendar/notice-deadline.ts';
import { consents, type Consent } from '../rollout/policy.ts';
import type { OwnLayer } from '../rollout/plan-input.ts';
import { type Agreement, calendarOfTerms, type MoveTerms } from './agreement.ts';

/** What a client's agreements say together about one change. */
export interface AgreedTerms {
  /** Freezes first, then calendars that stand instead of the vendor's; `calendars` holds their documents. */
  readonly layers: readonly AgreedLayer[];
  readonly calendars: Readonly<Record<string, unknown>>;
  /** The newest agreed lead; the planner takes the stricter of it and the policy's. */
  readonly lead: Lead | null;
  /** The strictest agreed consent; the stricter of it and the policy's counts. */
  readonly consent: Consent | null;
  /** The newest agreed rule for moving dates; it takes the place of the policy's. */
  readonly moves: MoveTerms | null;
}

/** A layer that holds on some days of the client's zone only; absent = on all. */
export type AgreedLayer = OwnLayer & { readonly valid?: ValidSpan };

/** Sums up the agreements of one client that are in force. Those that do not bind critical hotfixes leave them alone. */
export function agreedTerms(
  agreements: readonly Agreement[],
  { critical }: { readonly critical: boolean },
): AgreedTerms {
  const binding = agreements.filter((each) => each.bindsCritical || !critical);
  const newestFirst = binding.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const layers = (['freeze', 'calendar'] as const).flatMap((kind) =>
    binding.filter((each) => each.kind === kind).map((each) => layerOf(each)),
  );
  return {
    layers,
    calendars: Object.fromEntries(
      binding.flatMap((each) => {
        const document = calendarOfTerms(each);
        return document === null ? [] : [[each.id, document]];
      }),
    ),
    lead: newestFirst.find((each) => each.kind === 'lead')?.document.lead ?? null,
    consent: strictest(binding.flatMap((each) => consentOf(each))),
    moves: newestFirst.find((each) => each.kind === 'moves')?.document ?? null,
  };
}

/** The stricter of two consents: approve, then object, then inform. */
export function stricterConsent(a: Consent, b: Consent | null): Consent {
  return b !== null && consents.indexOf(b) > consents.indexOf(a) ? b : a;
}

function layerOf({ id, kind, since, expires }: Agreement): AgreedLayer {
  if (kind === 'freeze') return { layer: 'freeze', calendarId: id };
  const valid = { since, ...(expires !== null && { until: expires }) };
  return { layer: 'agreement', calendarId: id, replacesAllow: true, valid };
}

function consentOf(agreement: Agreement): readonly Consent[] {
  return agreement.kind === 'consent' ? [agreement.document.consent] : [];
}

function strictest([first, ...others]: readonly Consent[]): Consent | null {
  return first === undefined ? null : others.reduce<Consent>(stricterConsent, first);
}
