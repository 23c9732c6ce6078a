import fc from 'fast-check';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import type { ClientId } from '../../../domain/ids.ts';
import { type Instant, parseInstant, plusMs } from '../../../domain/instant.ts';
import { plan } from '../../../domain/rollout/plan.ts';
import type { PlanClient, PlanInput, TakenSlot } from '../../../domain/rollout/plan-input.ts';
import { faultsOf, overlooked } from './plan-checker.ts';
import { duration, planClient, planInput, policyOf } from './plan-input-of.ts';

const hourMs = 3_600_000;
const plannedAt = parseInstant('2026-11-24T17:00:00Z');
const inHours = (hours: number): Instant => plusMs(plannedAt, hours * hourMs);

/** Small worlds in which a few clients crowd into a few windows of two weeks. */
const calendars = {
  evenings: {
    zone: 'client',
    allow: [{ on: { weekdays: ['tue', 'wed', 'thu'] }, from: '20:00', to: '23:00' }],
  },
  nights: { zone: 'America/Toronto', allow: [{ from: '22:00', to: '02:00' }] },
  frozen: {
    zone: 'client',
    allow: 'always',
    deny: [{ name: 'own freeze', between: ['2026-12-01T00:00', '2026-12-03T12:00'] }],
  },
  sundays: {
    zone: 'client',
    allow: [{ on: { weekdays: ['sun'] }, from: '09:00', to: '12:00' }],
  },
  staffed: {
    zone: 'Europe/London',
    allow: 'always',
    coverage: {
      teams: {
        help: {
          people: 2,
          hours: [{ on: { weekdays: ['mon', 'wed', 'fri'] }, from: '00:00', to: '24:00' }],
        },
      },
      require: { during: { help: 1 } },
    },
  },
};

const policies = fc.record({
  name: fc.constantFrom('transparent-release', 'visible-release', 'action-release'),
  lead: fc.constantFrom({ businessDays: 2 }, { days: 1 }, { duration: duration('PT1H') }),
  observation: fc.constantFrom(duration('PT0S'), duration('PT24H')),
  maxInFlight: fc.integer({ min: 1, max: 3 }),
  worstCase: fc.constantFrom(duration('PT45M'), duration('PT60M'), duration('PT3H')),
});

const presents = fc.record({
  start: fc.integer({ min: -1, max: 24 * 16 }).map(inHours),
  latestEnd: fc.constant(inHours(24 * 17)),
});

const clients = fc.record({
  cohort: fc.integer({ min: 0, max: 1 }),
  zone: fc.constantFrom('America/Toronto', 'Europe/London', 'Australia/Lord_Howe'),
  consent: fc.constantFrom('inform' as const, 'object' as const, 'approve' as const),
  stage: fc.constantFrom('new' as const, 'on-preview' as const, 'agreed' as const),
  deployer: fc.constantFrom('fleet', 'other'),
  agreedLead: fc.option(fc.constant({ businessDays: 4 }), { freq: 6 }),
  layers: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant([{ layer: 'freeze' as const, calendarId: 'frozen' }]) },
    {
      weight: 1,
      arbitrary: fc.constant([
        { layer: 'agreement' as const, calendarId: 'sundays', replacesAllow: true as const },
      ]),
    },
  ),
  keeps: fc.option(
    fc
      .tuple(presents, fc.constantFrom('told' as const, 'begun' as const))
      .map(([slot, why]) => ({ ...slot, why })),
    { freq: 5 },
  ),
  pinned: fc.option(
    presents.map((slot) => ({ ...slot, by: 'client' as const })),
    { freq: 6 },
  ),
  current: fc.option(presents, { freq: 4 }),
});

const takenSlots = fc
  .tuple(fc.integer({ min: 0, max: 24 * 14 }), fc.integer({ min: 1, max: 40 }), fc.nat(9))
  .map(([from, length, who]): TakenSlot => ({
    clientId: `id-c${who}` as ClientId,
    deployer: 'fleet',
    start: inHours(from),
    end: inHours(from + length),
  }));

const worlds = fc
  .record({
    policy: policies,
    clients: fc.array(clients, { minLength: 1, maxLength: 9 }),
    taken: fc.array(takenSlots, { maxLength: 4 }),
    vendorLimit: fc.integer({ min: 1, max: 4 }),
    deployerLimit: fc.integer({ min: 1, max: 3 }),
    previewLimit: fc.integer({ min: 1, max: 4 }),
    policyCalendarId: fc.constantFrom('evenings', 'nights'),
    vendorCalendarId: fc.constantFrom(null, 'staffed'),
    latestDate: fc.constantFrom('2026-12-04', '2026-12-11', '2026-12-18'),
    cohortLimit: fc.option(fc.integer({ min: 1, max: 2 })),
  })
  .map(({ policy: { name, ...rules }, deployerLimit, cohortLimit, ...world }): PlanInput => ({
    ...planInput(),
    ...world,
    latestDate: world.latestDate as PlanInput['latestDate'],
    calendars,
    policy: policyOf(name, rules),
    cohorts: [
      { name: 'Pilot', maxInFlight: cohortLimit },
      { name: 'Rest', maxInFlight: null },
    ],
    clients: world.clients.map((client, index): PlanClient => {
      const begun = client.keeps?.why === 'begun';
      return planClient(`c${index}`, { ...client, deployerLimit, ...(begun && { pinned: null }) });
    }),
  }));

/** As a fresh plan: nobody has a date yet. */
const fresh = (input: PlanInput): PlanInput => ({
  ...input,
  clients: input.clients.map((client) => ({ ...client, keeps: null, pinned: null, current: null })),
});

const runs = { numRuns: 600 };

it('keeps every rule for every client, however they crowd', () => {
  fc.assert(
    fc.property(worlds.map(fresh), (input) => {
      expect(faultsOf(input, plan(input))).toEqual([]);
    }),
    runs,
  );
});

it('keeps every rule when some have dates already', () => {
  fc.assert(
    fc.property(worlds, (input) => {
      expect(faultsOf(input, plan(input))).toEqual([]);
    }),
    runs,
  );
});

it('gives the same plan for the same facts in any order', () => {
  fc.assert(
    fc.property(worlds, fc.infiniteStream(fc.nat(1000)), (input, order) => {
      const shuffled = <Item>(items: readonly Item[]): readonly Item[] =>
        items
          .map((item) => ({ item, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const other = {
        ...input,
        clients: shuffled(input.clients),
        taken: shuffled(input.taken),
        calendars: Object.fromEntries(shuffled(Object.entries(input.calendars))),
      };
      expect(canonicalJson(plan(other))).toBe(canonicalJson(plan(input)));
    }),
    { numRuns: 150 },
  );
});

it('leaves nobody without a date who could simply be given one', () => {
  fc.assert(
    fc.property(worlds.map(fresh), (input) => {
      const agreed = input.clients.map((client) => ({ ...client, stage: 'agreed' as const }));
      const short = { duration: duration('PT0S') };
      const easy = {
        ...input,
        clients: agreed.map((client) => ({ ...client, agreedLead: null })),
        policy: { ...input.policy, lead: short },
        cohorts: [{ name: 'All', maxInFlight: null }],
      };
      const one = { ...easy, clients: easy.clients.map((client) => ({ ...client, cohort: 0 })) };
      const content = plan(one);
      const starts = Array.from({ length: 24 * 9 }, (_, hour) => inHours(hour));
      expect(overlooked(one, content, starts)).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

it('plans once more what it has planned, and moves nobody', () => {
  fc.assert(
    fc.property(worlds.map(fresh), (input) => {
      const first = plan(input);
      const again = {
        ...input,
        clients: input.clients.map((client): PlanClient => {
          const placement = first.clients.find(({ key }) => key === client.key)?.placement;
          if (placement?.kind !== 'placed') return client;
          const { slotStart: start, slotLatestEnd: latestEnd } = placement;
          return { ...client, current: { start, latestEnd } };
        }),
      };
      expect(faultsOf(again, plan(again))).toEqual([]);
      const starts = (content: ReturnType<typeof plan>) =>
        content.clients.flatMap(({ key, placement }) =>
          placement.kind === 'placed' ? [`${key} ${placement.slotStart}`] : [],
        );
      expect(starts(plan(again))).toEqual(expect.arrayContaining(starts(first)));
    }),
    { numRuns: 150 },
  );
});
