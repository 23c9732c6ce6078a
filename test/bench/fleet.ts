import { parseInstant } from '../../domain/instant.ts';
import type { PlanClient, PlanInput } from '../../domain/rollout/plan-input.ts';
import { planClient, planInput, policyOf } from '../domain/rollout/plan-input-of.ts';
import { diceOf } from './dice.ts';
import { zones } from './opening-questions.ts';

/** A large vendor's release over sixty days: limits grow with the fleet, a fifth of the clients has a freeze of its own. */
export function fleetInput(count: number, seed: number): PlanInput {
  const dice = diceOf(seed);
  const limit = Math.max(5, Math.ceil(count / 25));
  const clients = Array.from({ length: count }, (_, index): PlanClient =>
    planClient(`c${String(index).padStart(5, '0')}`, {
      zone: zones[dice.below(zones.length)]!,
      cohort: index < count * 0.05 ? 0 : index < count * 0.3 ? 1 : 2,
      layers: dice.happens(0.2)
        ? [{ layer: 'freeze', calendarId: `freeze ${dice.below(20)}` }]
        : [],
      consent: dice.oneOf(['inform', 'object', 'approve']),
      deployer: `fleet ${index % 4}`,
      deployerLimit: Math.max(2, Math.ceil(limit / 3)),
    }),
  );
  const freezes = Array.from({ length: 20 }, (_, index) => [
    `freeze ${index}`,
    freezeDocument(`2026-12-${String(1 + index).padStart(2, '0')}`, '2027-01-06'),
  ]);
  const { calendars } = planInput();
  return planInput({
    plannedAt: parseInstant('2026-11-24T17:00:00Z'),
    policy: policyOf('visible-release', { maxInFlight: limit, latestDateDays: 60 }),
    calendars: { ...calendars, ...Object.fromEntries(freezes) },
    vendorLimit: limit + 5,
    previewLimit: limit * 4,
    cohorts: ['Pilot', 'Staged', 'Rest'].map((name) => ({ name, maxInFlight: null })),
    clients,
  });
}

/** A client's freeze from one local date until another one, that one not included. */
export function freezeDocument(from: string, until: string): object {
  const between = [`${from}T00:00`, `${until}T00:00`];
  return { zone: 'client', allow: 'always', deny: [{ name: 'Own freeze', between }] };
}
