import fc from 'fast-check';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import { canonicalJson } from '../../../domain/canonical-json.ts';
import { durationMs } from '../../../domain/duration.ts';
import type { ClientId } from '../../../domain/ids.ts';
import { type Instant, type LocalDate, parseInstant } from '../../../domain/instant.ts';
import { layersOf, plan } from '../../../domain/rollout/plan.ts';
import type {
  Placement,
  PlanClient,
  PlanContent,
  PlanInput,
} from '../../../domain/rollout/plan-input.ts';
import { duration, planClient, planInput, policyOf } from './plan-input-of.ts';

function placementOf(content: PlanContent, key: string): Placement {
  const client = content.clients.find((each) => each.key === key);
  if (!client) throw new Error(`no client ${key}`);
  return client.placement;
}

function placed(content: PlanContent, key: string): Extract<Placement, { kind: 'placed' }> {
  const placement = placementOf(content, key);
  if (placement.kind !== 'placed') throw new Error(JSON.stringify(placement));
  return placement;
}

it('gives the first support evening that leaves room for preview and notice', () => {
  const ash = placed(plan(planInput()), 'ash');

  // Preview until 16:00 on Tuesday; queued Wednesday 9:00, due Thursday 17:00, five business days before the start.
  expect(ash).toMatchObject({
    noticeAt: '2026-11-25T14:00:00.000Z',
    noticeDeadline: '2026-11-26T22:00:00.000Z',
    slotStart: '2026-12-04T01:00:00.000Z',
    slotLatestEnd: '2026-12-04T04:00:00.000Z',
    localStart: '2026-12-03T20:00:00',
    answerBy: null,
  });
});

it('leaves a client that must answer its time to do so', () => {
  const clients = [planClient('ash', { consent: 'approve' })];

  const ash = placed(plan(planInput({ clients })), 'ash');

  // Five business days after Tuesday's preview, and the notice only then.
  expect(ash.answerBy).toBe('2026-12-01T22:00:00.000Z');
  expect(ash.noticeAt > '2026-12-01T22:00:00.000Z').toBe(true);
});

it('spends no time on what a client has behind it', () => {
  const stages = ['new', 'on-preview', 'agreed'] as const;
  const policy = policyOf('hotfix', { answerWithin: { days: 6 } });
  const starts = stages.map((stage) => {
    const clients = [planClient('ash', { consent: 'approve', stage })];
    return placed(plan(planInput({ policy, clients })), 'ash').slotStart;
  });

  expect(starts).toEqual([...starts].sort().reverse());
  expect(new Set(starts).size).toBeGreaterThan(1);
});

it.each([
  [
    'the Sunday the clocks go back in Toronto',
    '2026-10-26T12:00:00Z',
    '2026-11-03',
    '2026-11-04T01:00:00.000Z',
  ],
  ['the week before it', '2026-10-20T12:00:00Z', '2026-10-27', '2026-10-28T00:00:00.000Z'],
  [
    'the week after they go forward',
    '2027-03-08T12:00:00Z',
    '2027-03-16',
    '2027-03-17T00:00:00.000Z',
  ],
])(
  'starts at eight in the evening by the wall around %s',
  (_, plannedAt, earliestDate, expected) => {
    const policy = policyOf('transparent-release', { lead: { duration: duration('PT1H') } });
    const input = planInput({
      plannedAt: parseInstant(plannedAt),
      earliestDate: earliestDate as LocalDate,
      policy,
    });

    const ash = placed(plan(input), 'ash');

    expect(ash.slotStart).toBe(expected);
    expect(ash.localStart.slice(11)).toBe('20:00:00');
  },
);

it('opens the next cohort only after the worst case and the observation of the one before', () => {
  const policy = policyOf('visible-release', {
    consent: 'inform',
    lead: { duration: duration('PT1H') },
  });
  const clients = [planClient('ash'), planClient('birch', { cohort: 1 })];
  const cohorts = [
    { name: 'Pilot', maxInFlight: null },
    { name: 'Rest', maxInFlight: null },
  ];

  const content = plan(planInput({ policy, clients, cohorts }));

  const ash = placed(content, 'ash');
  const birch = placed(content, 'birch');
  const observed = Date.parse(ash.slotStart) + durationMs('PT45M') + durationMs('PT24H');
  expect(Date.parse(birch.slotStart)).toBeGreaterThanOrEqual(observed);
});

it('says why a client has no date, naming the rules in the way', () => {
  const freeze = {
    zone: 'America/Toronto',
    allow: 'always',
    deny: [{ name: 'Own freeze', between: ['2026-11-20T00:00', '2027-03-01T00:00'] }],
  };
  const clients = [planClient('ash', { calendarId: 'own' }), planClient('birch')];
  const calendars = { ...planInput().calendars, own: freeze };

  const content = plan(planInput({ clients, calendars }));

  expect(placementOf(content, 'ash')).toEqual({
    kind: 'unplaced',
    reasons: [
      'no open stretch of 45 min before the latest date 23 January 2027: Own freeze (client)',
      'preview, answer and notice leave no start before 3 December 00:00',
    ],
    relaxation: {
      kind: 'freeze',
      text: "with the client's own freeze lifted on 20 January: 21 January 20:00",
      slotStart: '2027-01-22T01:00:00.000Z',
    },
  });
  expect(placementOf(content, 'birch').kind).toBe('placed');
});

it('does not plan by a calendar that cannot be read', () => {
  const clients = [planClient('ash', { calendarId: 'own' })];
  const calendars = { ...planInput().calendars, own: { zone: 7 } };

  const placement = placementOf(plan(planInput({ clients, calendars })), 'ash');

  expect(placement).toMatchObject({ kind: 'unplaced' });
  expect(JSON.stringify(placement)).toContain('the calendar cannot be read');
});

it('leaves a kept date as it is and plans around it', () => {
  const start = parseInstant('2026-12-04T01:00:00Z');
  const latestEnd = parseInstant('2026-12-04T04:00:00Z');
  const clients = [
    planClient('ash', { keeps: { start, latestEnd, why: 'told' } }),
    planClient('birch'),
  ];
  const cohorts = [{ name: 'All', maxInFlight: 1 }];

  const content = plan(planInput({ clients, cohorts }));

  const kept = { kind: 'kept', slotStart: start, slotLatestEnd: latestEnd };
  expect(placementOf(content, 'ash')).toEqual(kept);
  expect(placed(content, 'birch').slotStart).toBe('2026-12-04T01:45:00.000Z');
});

it('never plans one client for two rollouts at once', () => {
  const start = parseInstant('2026-12-04T01:00:00Z');
  const end = parseInstant('2026-12-04T02:30:00Z');
  const taken = [{ clientId: 'id-ash' as ClientId, deployer: 'other', start, end }];
  const clients = [planClient('ash'), planClient('birch')];

  const content = plan(planInput({ clients, taken }));

  expect(placed(content, 'ash').slotStart).toBe(end);
  expect(placed(content, 'birch').slotStart).toBe(start);
});

it('counts the places of other rollouts under the vendor and the deployer, not under its own limits', () => {
  const start = parseInstant('2026-12-04T01:00:00Z');
  const end = parseInstant('2026-12-04T01:45:00Z');
  const others = (deployer: string, count: number) =>
    Array.from({ length: count }, (_, index) => {
      return { clientId: `other-${index}` as ClientId, deployer, start, end };
    });

  const startWith = (input: Partial<PlanInput>) => placed(plan(planInput(input)), 'ash').slotStart;

  expect(startWith({ taken: others('other', 19) })).toBe(start);
  expect(startWith({ taken: others('other', 20) })).toBe(end);
  expect(startWith({ taken: others('fleet', 4) })).toBe(start);
  expect(startWith({ taken: others('fleet', 5) })).toBe(end);
});

it('plans a critical release by the calendar rules for hotfixes', () => {
  const vendor = {
    zone: 'UTC',
    allow: 'always',
    deny: [
      {
        name: 'Releases rest',
        between: ['2026-11-01T00:00', '2027-06-01T00:00'],
        kinds: ['release'],
      },
    ],
  };
  const calendars = { ...planInput().calendars, vendor };
  const input = planInput({ calendars, vendorCalendarId: 'vendor' });

  expect(placementOf(plan(input), 'ash').kind).toBe('unplaced');
  expect(placementOf(plan({ ...input, critical: true }), 'ash').kind).toBe('placed');
});

it('warns of clients that nobody can be asked or told', () => {
  const clients = [
    planClient('ash', { consent: 'approve', reachableApprovers: 0 }),
    planClient('birch', { reachableInformed: 0 }),
    planClient('cedar', { reachableApprovers: 0 }),
    planClient('dogwood', { consent: 'object', silentTimes: 3 }),
    planClient('elm', { consent: 'object', silentTimes: 2 }),
    planClient('fir', { locale: 'fr', silentTimes: 3 }),
  ];

  expect(plan(planInput({ clients, noteLocales: ['en'] })).warnings).toEqual([
    { key: 'ash', warning: 'no reachable approver' },
    { key: 'birch', warning: 'nobody to inform' },
    { key: 'dogwood', warning: 'silent three times' },
    { key: 'fir', warning: 'no release notes in fr' },
  ]);
  expect(plan(planInput({ clients: [planClient('fir', { locale: 'fr' })] })).warnings).toEqual([]);
});

const zones = ['America/St_Johns', 'America/Toronto', 'America/Vancouver', 'Europe/London', 'UTC'];

const anyClient = fc.record({
  zone: fc.constantFrom(...zones),
  cohort: fc.integer({ min: 0, max: 2 }),
  consent: fc.constantFrom('inform', 'object', 'approve'),
  stage: fc.constantFrom('new', 'on-preview', 'agreed'),
  deployer: fc.constantFrom('fleet', 'harbour'),
  deployerLimit: fc.constant(2),
});

const anyInput: fc.Arbitrary<PlanInput> = fc
  .record({
    clients: fc.array(anyClient, { minLength: 1, maxLength: 14 }),
    dayOfYear: fc.integer({ min: 0, max: 365 }),
    limits: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })),
    policy: fc.constantFrom('transparent-release', 'visible-release', 'hotfix', 'critical-hotfix'),
    others: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
  })
  .map(({ clients, dayOfYear, limits: [vendorLimit, maxInFlight], policy, others }) => {
    const plannedAt = new Date(Date.UTC(2026, 0, 1 + dayOfYear, 15)).toISOString() as Instant;
    return planInput({
      plannedAt,
      policy: policyOf(policy, { maxInFlight: 3, observation: duration('PT4H') }),
      vendorLimit,
      cohorts: ['A', 'B', 'C'].map((name) => ({ name, maxInFlight })),
      clients: clients.map((client, index) => planClient(`c${index}`, client)),
      taken: others.map((quarter, index) => {
        const start = Date.parse(plannedAt) + quarter * 6 * 3_600_000;
        return {
          clientId: `id-c${index}` as ClientId,
          deployer: 'fleet',
          start: new Date(start).toISOString() as Instant,
          end: new Date(start + 3_600_000).toISOString() as Instant,
        };
      }),
    });
  });

const processZone = process.env['TZ'];
afterEach(() => {
  if (processZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = processZone;
});

it('keeps every promise to everybody, whatever the input', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      expect(brokenPromises(input, plan(input))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

it('says the same whatever the order of the rows and the zone of the process', () => {
  fc.assert(
    fc.property(anyInput, fc.constantFrom(...zones), (input, otherZone) => {
      const expected = canonicalJson(plan(input));
      process.env['TZ'] = otherZone;
      const shuffled = {
        ...input,
        clients: [...input.clients].reverse(),
        taken: [...input.taken].reverse(),
      };
      expect(canonicalJson(plan(shuffled))).toBe(expected);
    }),
    { numRuns: 25 },
  );
});

interface Work {
  readonly client: PlanClient | null;
  readonly clientId: ClientId;
  readonly deployer: string;
  readonly start: number;
  readonly end: number;
}

/** An independent check of a plan: what it breaks, in words; it counts at moments instead of by intervals. */
function brokenPromises(input: PlanInput, content: PlanContent): readonly string[] {
  const wc = durationMs(input.policy.worstCase);
  const work: Work[] = input.taken.map((each) => {
    return { ...each, client: null, start: Date.parse(each.start), end: Date.parse(each.end) };
  });
  const broken: string[] = [];
  for (const { key, placement } of content.clients) {
    const client = input.clients.find((each) => each.key === key);
    if (!client || placement.kind !== 'placed') continue;
    const start = Date.parse(placement.slotStart);
    work.push({ ...client, client, start, end: start + wc });
    broken.push(...brokenTimes(input, client, placement));
  }
  return [...broken, ...brokenLimits(input, work), ...brokenOrder(input, work, wc)];
}

function brokenTimes(
  input: PlanInput,
  client: PlanClient,
  placement: Extract<Placement, { kind: 'placed' }>,
): readonly string[] {
  const { worstCase } = input.policy;
  const { slotStart, slotLatestEnd, noticeAt, noticeDeadline, answerBy } = placement;
  const scope = { kind: input.changeKind, clientZone: client.zone, worstCase };
  const checks: readonly (readonly [boolean, string])[] = [
    [judgeSchedule(layersOf(input, client), slotStart, scope).closed, 'starts while closed'],
    [Date.parse(slotStart) + durationMs(worstCase) > Date.parse(slotLatestEnd), 'does not fit'],
    [noticeAt > noticeDeadline, 'is told late'],
    [noticeDeadline > slotStart, 'is told after the start'],
    [noticeAt < input.plannedAt, 'is told before it was planned'],
    [answerBy !== null && noticeAt < answerBy, 'is told before it agreed'],
  ];
  return checks.flatMap(([isBroken, what]) => (isBroken ? [`${client.key} ${what}`] : []));
}

function brokenLimits(input: PlanInput, work: readonly Work[]): readonly string[] {
  return work.flatMap(({ start: moment }) => {
    const busy = work.filter(({ start, end }) => start <= moment && moment < end);
    const own = busy.filter(({ client }) => client !== null);
    // What others have taken may exceed limits by itself; only what the plan adds is judged.
    return own.some(({ start }) => start === moment) ? exceeded(input, busy, own) : [];
  });
}

function exceeded(
  input: PlanInput,
  busy: readonly Work[],
  own: readonly Work[],
): readonly string[] {
  const problems: string[] = [];
  if (busy.length > input.vendorLimit) problems.push('the vendor limit is exceeded');
  if (own.length > input.policy.maxInFlight) problems.push('the rollout limit is exceeded');
  for (const { client } of own) {
    if (!client) continue;
    const sameCohort = own.filter((each) => each.client?.cohort === client.cohort);
    const sameDeployer = busy.filter(({ deployer }) => deployer === client.deployer);
    const sameClient = busy.filter(({ clientId }) => clientId === client.clientId);
    const cohortLimit = input.cohorts[client.cohort]?.maxInFlight ?? 0;
    if (sameCohort.length > cohortLimit) problems.push('a cohort limit is exceeded');
    if (sameDeployer.length > client.deployerLimit) problems.push('a deployer limit is exceeded');
    if (sameClient.length > 1) problems.push('one client is deployed to twice at once');
  }
  return problems;
}

function brokenOrder(input: PlanInput, work: readonly Work[], wc: number): readonly string[] {
  const observation = durationMs(input.policy.observation);
  return work.flatMap((later) =>
    work.some(
      (earlier) =>
        earlier.client !== null &&
        later.client !== null &&
        earlier.client.cohort < later.client.cohort &&
        later.start < earlier.start + wc + observation,
    )
      ? ['a cohort starts before the one before was observed']
      : [],
  );
}

it('finds what its own check is for', () => {
  const clients = [planClient('ash'), planClient('birch')];
  const input = planInput({ clients, cohorts: [{ name: 'All', maxInFlight: 1 }] });
  const content = plan(planInput({ clients }));

  expect(brokenPromises(input, content)).toContain('a cohort limit is exceeded');
});
