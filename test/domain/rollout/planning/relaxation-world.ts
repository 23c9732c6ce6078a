import type { CalendarDocument } from '../../../../domain/calendar/calendar-document.ts';
import { plan } from '../../../../domain/rollout/plan.ts';
import type { PlanInput } from '../../../../domain/rollout/plan-input.ts';
import type { Policy } from '../../../../domain/rollout/policy.ts';
import { duration, planInput, policyOf } from '../plan-input-of.ts';

/** Allowed on these dates only. */
export function onDates(dates: readonly string[], from = '20:00', to = '23:00'): CalendarDocument {
  return { zone: 'client', allow: [{ name: 'those days', on: { dates }, from, to }] };
}

const noNotice = { duration: duration('PT0S') };

/** Agreed at once, told at once: only calendars, dates and limits stand between a client and its start. */
export function quick(differences: Partial<Policy> = {}): Policy {
  return policyOf('transparent-release', {
    previewRequired: false,
    lead: noNotice,
    ...differences,
  });
}

/** Both of the vendor's calendars allow the same dates only, so that no exception from one of them helps. */
export function worldOn(dates: readonly string[], differences: Partial<PlanInput> = {}): PlanInput {
  const days = onDates(dates);
  return planInput({
    policy: quick(),
    calendars: { vendor: days, days },
    vendorCalendarId: 'vendor',
    policyCalendarId: 'days',
    ...differences,
  });
}

/** What would help a client, in words. */
export function helpFor(input: PlanInput, key = 'ash'): string | null {
  const placement = plan(input).clients.find((each) => each.key === key)?.placement;
  if (placement?.kind !== 'unplaced') throw new Error(JSON.stringify(placement));
  const { relaxation } = placement;
  return relaxation === null ? null : `${relaxation.kind} ${relaxation.text}`;
}
