import type { ClientId } from '../../../../domain/ids.ts';
import { type LocalDate, parseInstant } from '../../../../domain/instant.ts';
import { plan } from '../../../../domain/rollout/plan.ts';
import type { PlanClient, PlanInput, TakenSlot } from '../../../../domain/rollout/plan-input.ts';
import { duration, planClient, planInput, policyOf } from '../plan-input-of.ts';

const at = (text: string) => parseInstant(`${text}:00Z`);
const date = (text: string) => text as LocalDate;

/** A slot in one of the three ways in which a client may have it already. */
function having(how: 'told' | 'pinned' | 'loose', start: string, latestEnd: string) {
  const slot = { start: at(start), latestEnd: at(latestEnd) };
  const ways = {
    told: { keeps: { ...slot, why: 'told' } },
    pinned: { pinned: { ...slot, by: 'person' } },
    loose: { current: slot },
  } as const;
  return ways[how];
}

/** Planned on Tuesday 24 November at noon in Toronto until Thursday 10 December, agreed already, no lead. */
function world(client: Partial<PlanClient>, differences: Partial<PlanInput> = {}): PlanInput {
  return planInput({
    policy: policyOf('transparent-release', { lead: { duration: duration('PT0S') } }),
    latestDate: date('2026-12-10'),
    clients: [planClient('ash', { stage: 'agreed', ...client })],
    ...differences,
  });
}

const always = {
  calendars: { always: { zone: 'client', allow: 'always' } },
  policyCalendarId: 'always',
};

/** When it starts, and why not where it did: null = its date stands. */
function outcome(input: PlanInput): readonly [string, string | null] {
  const placement = plan(input).clients.find(({ key }) => key === 'ash')?.placement;
  if (placement?.kind === 'kept') return [placement.slotStart.slice(0, 16), null];
  if (placement?.kind !== 'placed') throw new Error(JSON.stringify(placement));
  return [placement.slotStart.slice(0, 16), placement.whyMoved ?? null];
}

describe('the dates of a plan', () => {
  it('hold a date from the midnight of the earliest one until before the midnight after the latest', () => {
    const within = { ...always, earliestDate: date('2026-12-08'), latestDate: date('2026-12-09') };
    const held = (start: string) =>
      outcome(world(having('loose', start, '2026-12-20T00:00'), within));

    expect(held('2026-12-08T05:00')).toEqual(['2026-12-08T05:00', null]);
    expect(held('2026-12-08T04:59')).toEqual([
      '2026-12-08T05:00',
      '7 December 23:59 lies before the earliest date',
    ]);
    expect(held('2026-12-10T04:15')).toEqual(['2026-12-10T04:15', null]);
    expect(held('2026-12-10T05:00')).toEqual([
      '2026-12-08T05:00',
      '10 December 00:00 lies after the latest date 9 December 2026',
    ]);
  });

  it('do not bind a chosen date that lies later, as long as it is open', () => {
    const chosen = (start: string, latestEnd: string) =>
      plan(world(having('pinned', start, latestEnd))).clients[0]?.placement;

    expect(chosen('2026-12-17T01:30', '2026-12-17T04:00')).toMatchObject({
      kind: 'placed',
      slotStart: '2026-12-17T01:30:00.000Z',
      slotLatestEnd: '2026-12-17T04:00:00.000Z',
    });
    expect(chosen('2026-12-17T01:30', '2026-12-17T04:00')).not.toHaveProperty('whyMoved');
    expect(chosen('2026-12-18T12:00', '2026-12-18T15:00')).toMatchObject({
      whyMoved: '18 December 07:00 is closed: no allow rule (policy)',
    });
  });

  it('do not bind a chosen date at the midnight after the latest one', () => {
    const chosen = having('pinned', '2026-12-11T05:00', '2026-12-12T05:00');

    expect(outcome(world(chosen, always))).toEqual(['2026-12-11T05:00', null]);
  });
});

it.each(['pinned', 'loose'] as const)('moves a %s date whose work would not end on it', (how) => {
  const late = having(how, '2026-12-03T04:30', '2026-12-03T05:15');

  expect(outcome(world(late, always))).toEqual(['2026-11-24T17:00', '2 December 23:30 is closed']);
});

it('names all rules that close a date', () => {
  const deny = ['Fair', 'Summit'].map((name) => ({ name, on: { dates: ['2026-12-02'] } }));
  const calendars = { always: { zone: 'client', allow: 'always', deny } };
  const loose = having('loose', '2026-12-02T17:00', '2026-12-03T05:00');

  expect(outcome(world(loose, { ...always, calendars }))[1]).toBe(
    '2 December 12:00 is closed: Fair (policy), Summit (policy)',
  );
});

describe('another rollout at the client', () => {
  const other = (start: string, end: string): TakenSlot => ({
    clientId: 'id-ash' as ClientId,
    deployer: 'other',
    start: at(start),
    end: at(end),
  });

  it.each<readonly [string, TakenSlot, boolean]>([
    [
      'lets a date stand when it ends at its start',
      other('2026-12-09T00:00', '2026-12-09T02:00'),
      true,
    ],
    ['takes a date when it is still there', other('2026-12-09T00:00', '2026-12-09T02:01'), false],
    [
      'lets a date stand when it starts at its end',
      other('2026-12-09T02:45', '2026-12-09T04:00'),
      true,
    ],
    [
      'takes a date when it starts before its end',
      other('2026-12-09T02:44', '2026-12-09T04:00'),
      false,
    ],
    [
      'lets a date stand when it is there on another day',
      other('2026-12-08T00:00', '2026-12-08T04:00'),
      true,
    ],
  ])('%s', (_, taken, stands) => {
    for (const how of ['told', 'pinned', 'loose'] as const) {
      const input = world(having(how, '2026-12-09T02:00', '2026-12-09T04:00'), { taken: [taken] });

      expect(outcome(input)).toEqual(
        stands
          ? ['2026-12-09T02:00', null]
          : ['2026-11-25T01:00', '8 December 21:00 belongs to another rollout at this client'],
      );
    }
  });
});

describe('what was told', () => {
  const told = (start: string, latestEnd: string) => having('told', start, latestEnd);

  it('stands beyond the latest date and without any time for a notice', () => {
    expect(outcome(world(told('2026-12-16T01:00', '2026-12-16T04:00')))).toEqual([
      '2026-12-16T01:00',
      null,
    ]);
    const input = world(
      { ...told('2026-11-25T01:00', '2026-11-25T04:00'), stage: 'new' },
      { plannedAt: at('2026-11-25T00:59') },
    );
    expect(outcome(input)).toEqual(['2026-11-25T01:00', null]);
  });

  it('must be open for what is left of it once it has begun', () => {
    const plannedAt = at('2026-11-25T02:00');
    const slot = told('2026-11-25T01:00', '2026-11-25T04:00');
    const closing = (from: string) => ({
      plannedAt,
      calendars: {
        ...planInput().calendars,
        vendor: {
          zone: 'client',
          allow: 'always',
          deny: [{ name: 'Fair', between: [`2026-11-24T${from}`, '2026-11-25T00:00'] }],
        },
      },
      vendorCalendarId: 'vendor',
    });

    // From now, 21:00, it needs 45 minutes.
    expect(outcome(world(slot, closing('21:45')))).toEqual(['2026-11-25T01:00', null]);
    expect(outcome(world(slot, closing('21:44')))).toEqual([
      '2026-11-26T01:00',
      '24 November 20:00 is closed: worst case does not fit (vendor)',
    ]);
  });

  it('stands when it would be missed anyway, which is not for a plan to say', () => {
    const closed = { ...always, calendars: { always: { zone: 'client', allow: [] } } };
    const slot = told('2026-11-25T01:00', '2026-11-25T04:00');
    const at2215 = { ...closed, plannedAt: at('2026-11-25T03:15') };
    const at2216 = { ...closed, plannedAt: at('2026-11-25T03:16') };

    expect(plan(world(slot, at2215)).clients[0]?.placement).toMatchObject({
      kind: 'unplaced',
      reasons: expect.arrayContaining([
        'the date it had, 24 November 20:00 is closed: no allow rule (policy)',
      ]),
    });
    expect(outcome(world(slot, at2216))).toEqual(['2026-11-25T01:00', null]);
  });

  it('outranks what was chosen, and what was chosen what nobody was told', () => {
    const first = having('loose', '2026-12-02T01:00', '2026-12-02T04:00');
    const second = having('pinned', '2026-12-03T01:00', '2026-12-03T04:00');
    const third = having('told', '2026-12-04T01:00', '2026-12-04T04:00');

    expect(outcome(world({ ...first }))[0]).toBe('2026-12-02T01:00');
    expect(outcome(world({ ...first, ...second }))[0]).toBe('2026-12-03T01:00');
    expect(outcome(world({ ...first, ...second, ...third }))[0]).toBe('2026-12-04T01:00');
  });
});

it('holds a chosen date of a later cohort, though the cohorts before it were not observed', () => {
  const cohorts = ['Pilot', 'Rest'].map((name) => ({ name, maxInFlight: null }));
  const chosen = having('pinned', '2026-11-25T01:00', '2026-11-25T04:00');
  const input = world({}, { cohorts });
  const clients = [
    planClient('ash', { stage: 'agreed', cohort: 1, ...chosen }),
    planClient('birch', { stage: 'agreed' }),
  ];

  expect(outcome({ ...input, clients })).toEqual(['2026-11-25T01:00', null]);
});

it('lets the notice of a chosen date leave late, but not too late', () => {
  const policy = policyOf('transparent-release', { lead: { businessDays: 1 } });
  const chosen = having('pinned', '2026-11-27T01:00', '2026-11-27T04:00');
  const outcomeAt = (planned: string) =>
    outcome(world(chosen, { policy, plannedAt: parseInstant(planned) }));

  // Due on Wednesday 25 November at 17:00, queued on Tuesday at 9:00.
  expect(outcomeAt('2026-11-25T21:59:50Z')).toEqual(['2026-11-27T01:00', null]);
  expect(outcomeAt('2026-11-25T21:59:51Z')).toEqual([
    '2026-12-02T01:00',
    '26 November 20:00 comes too soon for the notice to leave in time',
  ]);
});
