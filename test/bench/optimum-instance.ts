import { dateOf, dayOf } from '../../domain/calendar/local-time.ts';
import type { Duration } from '../../domain/duration.ts';
import { type LocalDate, parseInstant, plusMs } from '../../domain/instant.ts';
import type { PlanClient, PlanInput, TakenSlot } from '../../domain/rollout/plan-input.ts';
import { planClient, planInput, policyOf } from '../domain/rollout/plan-input-of.ts';
import { type Dice, diceOf } from './dice.ts';

/** `aligned`: every time is a multiple of the worst case. `staggered`: windows begin a third of it apart. */
export type InstanceKind = 'aligned' | 'staggered';

/** A planning problem whose times all lie on a grid, so that looking at the grid alone loses nothing. */
export interface Instance {
  readonly seed: number;
  readonly kind: InstanceKind;
  readonly gridMs: number;
  readonly input: PlanInput;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const plannedAt = parseInstant('2026-11-24T17:00:00Z');
/** Tuesday to Thursday of ten weeks: thirty windows. */
const latestDateDays = 69;
const zones = ['America/Toronto', 'America/Halifax', 'America/Vancouver', 'Europe/London'];

/** Always the same problem for the same seed; every fourth one is staggered, as those take longest to prove. */
export function instanceOf(seed: number, mostClients: number): Instance {
  const dice = diceOf(seed);
  const kind = seed % 4 === 0 ? 'staggered' : 'aligned';
  const most = kind === 'staggered' ? Math.min(60, mostClients) : mostClients;
  const count = Math.ceil(most / 8) + dice.below(most - Math.ceil(most / 8) + 1);
  const deployers = deployersOf(dice);
  const calendars = calendarsOf(dice);
  const ordinary = Array.from({ length: count }, (_, index) =>
    clientOf(index, count, { dice, deployers, freezes: freezesIn(calendars) }),
  );
  const vendorLimit = 4 + dice.below(6);
  const clients = ordinary.map((client, index) => withDate(client, index, dice));
  const policy = policyOf('transparent-release', {
    worstCase: (kind === 'aligned' ? 'PT1H' : 'PT45M') as Duration,
    observation: dice.oneOf(['PT24H', 'PT48H']) as Duration,
    maxInFlight: 3 + dice.below(4),
    previewRequired: false,
    latestDateDays,
    answerWithin: { businessDays: 3 },
    lead: dice.oneOf([{ businessDays: 2 }, { businessDays: 5 }, { days: 3 }]),
  });
  return {
    seed,
    kind,
    gridMs: kind === 'aligned' ? hourMs : hourMs / 4,
    input: planInput({
      plannedAt,
      policy,
      calendars,
      vendorCalendarId: 'vendor',
      policyCalendarId: 'evenings',
      vendorLimit,
      // Places for previews would tie the clients together in a way that the model does not know.
      previewLimit: count,
      cohorts: ['Pilot', 'Staged', 'Rest'].map((name) => ({
        name,
        maxInFlight: dice.happens(0.5) ? 1 + dice.below(4) : null,
      })),
      clients,
      taken: takenSlots(clients, deployers, { dice, spare: vendorLimit - 1 }),
    }),
  };
}

interface Deployer {
  readonly deployer: string;
  readonly deployerLimit: number;
}

function deployersOf(dice: Dice): readonly Deployer[] {
  return Array.from({ length: 1 + dice.below(3) }, (_, index) => ({
    deployer: `fleet ${index}`,
    deployerLimit: 2 + dice.below(4),
  }));
}

const midweek = ['tue', 'wed', 'thu'];

function calendarsOf(dice: Dice): Readonly<Record<string, unknown>> {
  const evenings = { name: 'Evenings', on: { weekdays: midweek }, from: '20:00', to: '23:00' };
  const sundays = { name: 'Sundays', on: { weekdays: ['sun'] }, from: '18:00', to: '21:00' };
  const yearEnd = ['2026-12-15T00:00', dice.oneOf(['2026-12-29T00:00', '2027-01-05T00:00'])];
  const freezes = Array.from(
    { length: 3 },
    (_, index) => [`freeze ${index}`, freezeOf(dice)] as const,
  );
  return {
    vendor: {
      zone: 'America/Toronto',
      allow: 'always',
      deny: dice.happens(0.5) ? [{ name: 'Year-end freeze', between: yearEnd }] : [],
    },
    evenings: { zone: 'client', allow: [evenings] },
    thursdays: { zone: 'client', allow: [{ ...evenings, on: { weekdays: ['thu'] } }] },
    sundays: { zone: 'client', allow: [sundays] },
    ...Object.fromEntries(freezes),
  };
}

function freezeOf(dice: Dice): object {
  const first = dayOf('2026-11-24' as LocalDate) + dice.below(50);
  const between = [first, first + 5 + dice.below(40)].map((day) => `${dateOf(day)}T00:00`);
  return { zone: 'client', allow: 'always', deny: [{ name: 'Own freeze', between }] };
}

function freezesIn(calendars: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(calendars).filter((id) => id.startsWith('freeze'));
}

interface ClientChoices {
  readonly dice: Dice;
  readonly deployers: readonly Deployer[];
  readonly freezes: readonly string[];
}

function clientOf(
  index: number,
  count: number,
  { dice, deployers, freezes }: ClientChoices,
): PlanClient {
  const layers: PlanClient['layers'] = [
    ...(dice.happens(0.1) ? [{ layer: 'client', calendarId: 'thursdays' } as const] : []),
    ...(dice.happens(0.2) ? [{ layer: 'freeze', calendarId: dice.oneOf(freezes) } as const] : []),
  ];
  const agreed = { layer: 'agreement', calendarId: 'sundays', replacesAllow: true } as const;
  return planClient(`c${String(index).padStart(3, '0')}`, {
    zone: zones[Math.min(dice.below(6), zones.length - 1)]!,
    cohort: index < count * 0.1 ? 0 : index < count * 0.4 ? 1 : 2,
    layers: layers.length === 0 && dice.happens(0.05) ? [agreed] : layers,
    consent: dice.oneOf(['inform', 'inform', 'object', 'approve']),
    stage: dice.oneOf(['new', 'new', 'agreed']),
    ...dice.oneOf(deployers),
  });
}

/**
 * A few dates that stand: told ones on the first two evenings of the pilot, pinned ones late in the last cohort. No
 * two of them at the same hour, so that none is over a limit.
 */
function withDate(client: PlanClient, index: number, dice: Dice): PlanClient {
  if (client.zone !== 'America/Toronto' || client.layers.length > 0) return client;
  const slotFrom = (day: number, hour: number) => {
    const evening = plusMs(plannedAt, day * dayMs + 8 * hourMs);
    return { start: plusMs(evening, hour * hourMs), latestEnd: plusMs(evening, 3 * hourMs) };
  };
  if (client.cohort === 0 && index < 2 && dice.happens(0.5)) {
    return { ...client, stage: 'agreed', keeps: { ...slotFrom(1 + index, 1), why: 'told' } };
  }
  if (client.cohort === 2 && index % 10 === 0 && index < 100 && dice.happens(0.3)) {
    const slot = slotFrom(49 + Math.floor(index / 30), Math.floor(index / 10) % 3);
    return { ...client, stage: 'agreed', pinned: { ...slot, by: 'client' } };
  }
  return client;
}

/** Other rollouts on some evenings, leaving one place of each deployer and of the vendor. */
function takenSlots(
  clients: readonly PlanClient[],
  deployers: readonly Deployer[],
  { dice, spare }: { readonly dice: Dice; readonly spare: number },
): readonly TakenSlot[] {
  const free = clients.filter(({ keeps, pinned }) => keeps === null && pinned === null);
  return Array.from({ length: 30 }, (_, window) => window).flatMap((window) => {
    if (!dice.happens(0.4)) return [];
    const day = Math.floor(window / 3) * 7 + (window % 3);
    const start = plusMs(plannedAt, day * dayMs + (8 + dice.below(3)) * hourMs);
    const end = plusMs(start, (1 + dice.below(2)) * hourMs);
    const { deployer, deployerLimit } = dice.oneOf(deployers);
    const most = Math.min(deployerLimit - 1, spare - 1);
    return Array.from({ length: 1 + dice.below(most) }, () => {
      const { clientId } = dice.oneOf(free);
      return { clientId, deployer, start, end };
    });
  });
}
