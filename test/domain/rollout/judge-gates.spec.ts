import fc from 'fast-check';
import { layerFrom } from '../../../domain/calendar/calendar-layer.ts';
import type { BuildId } from '../../../domain/ids.ts';
import type { ClientFacts } from '../../../domain/rollout/client-facts.ts';
import {
  type Gate,
  gates,
  judgeGates,
  judgePreviewGates,
} from '../../../domain/rollout/judge-gates.ts';
import { at, build, clientFacts, now, openRound, verified } from './client-facts-of.ts';

const facts = clientFacts();
const other = 'build-1' as BuildId;
const neverOpen = layerFrom('vendor', {
  zone: 'UTC',
  allow: 'always',
  deny: [{ name: 'Freeze', from: '00:00', to: '24:00' }],
});
const freeze = layerFrom('vendor', {
  zone: 'UTC',
  allow: 'always',
  deny: [{ name: 'Year end', between: ['2026-12-01T00:00', '2026-12-03T00:00'] }],
});

/** One fact that closes one gate, with the reason and the time that people read. */
const closing: readonly (readonly [string, Gate, Partial<ClientFacts>, string, string])[] = [
  [
    'a pause',
    'control',
    { control: { ...facts.control, rollout: 'paused', rolloutReason: 'calls' } },
    'the rollout is paused: calls',
    'it is resumed',
  ],
  [
    'a hold without end',
    'control',
    { control: { ...facts.control, hold: { reason: 'election', by: 'ann', until: null } } },
    'on hold by ann: election',
    'it is released',
  ],
  [
    'a hold with an end',
    'control',
    {
      control: {
        ...facts.control,
        hold: { reason: 'election', by: 'ann', until: at('2026-12-02T00:00:00Z') },
      },
    },
    'on hold by ann: election',
    '2026-12-02T00:00:00.000Z',
  ],
  [
    'a blocked build',
    'control',
    { build: { ...build, blocked: true } },
    'build 1.9.4 is blocked',
    'another build is announced',
  ],
  [
    'mail that is not live',
    'control',
    { control: { ...facts.control, live: false } },
    'mail to clients is not switched live',
    'an admin switches it live',
  ],
  [
    'another rollout at work',
    'conflict',
    { production: { ...facts.production, busyWith: 'Hotfix 8' } },
    '"Hotfix 8" is deploying to this client, or nobody knows how that ended',
    'that deployment has an outcome',
  ],
  [
    'a build too old to start from',
    'conflict',
    { minimumVersion: '1.9.4' },
    '1.9.4 needs at least 1.9.4; production runs 1.9.3',
    'production runs 1.9.4 or later',
  ],
  [
    'a build that asks for a version while nobody knows what runs',
    'conflict',
    { minimumVersion: '1.9.0', production: { ...facts.production, current: null } },
    '1.9.4 needs at least 1.9.0; nobody knows what production runs',
    'its sites are surveyed',
  ],
  [
    'a version that cannot be compared with the one asked for',
    'conflict',
    {
      minimumVersion: '1.9.0',
      production: { ...facts.production, current: { version: 'spring', issues: [] } },
    },
    '1.9.4 needs at least 1.9.0; production runs spring',
    'production runs 1.9.0 or later',
  ],
  [
    'a build without QA',
    'preview',
    { build: { ...build, qaPassed: false } },
    'build 1.9.4 has not passed QA',
    'QA passed',
  ],
  [
    'no preview',
    'preview',
    { preview: { ...facts.preview, deployment: null } },
    "1.9.4 is not verified on this client's preview site",
    'it is verified there',
  ],
  [
    'a preview of another build',
    'preview',
    { preview: { ...facts.preview, deployment: { ...verified, buildId: other } } },
    "1.9.4 is not verified on this client's preview site",
    'it is verified there',
  ],
  [
    'a preview that is not verified',
    'preview',
    { preview: { ...facts.preview, deployment: { ...verified, verification: 'unknown' } } },
    "1.9.4 is not verified on this client's preview site",
    'it is verified there',
  ],
  [
    'no approval',
    'consent',
    { agreedBuildId: null, round: null },
    'the client has not approved this build',
    'the client answers',
  ],
  [
    'an approval of another build',
    'consent',
    { agreedBuildId: other },
    'the client has not approved this build',
    'the client answers',
  ],
  [
    'a refusal',
    'consent',
    { agreedBuildId: null, round: { ...openRound, state: 'rejected' } },
    'the client declined this build',
    'a newer build is announced',
  ],
  [
    'time to object',
    'consent',
    { agreedBuildId: null, consent: 'object', round: openRound },
    'the time to object is not over',
    '2026-12-01T22:00:00.000Z',
  ],
  [
    'nobody informed yet',
    'consent',
    { agreedBuildId: null, consent: 'inform', round: null },
    'the client was not informed yet',
    'the client answers',
  ],
  [
    'a notice nobody could get',
    'notice',
    { notice: { written: true, acceptedAt: null, undeliverable: true } },
    'the notice reached nobody: every contact bounced or is suppressed',
    'a contact with a working address is added',
  ],
  [
    'a notice under way',
    'notice',
    { notice: { written: true, acceptedAt: null, undeliverable: false } },
    'the notice for this date was not accepted by the mail provider yet',
    'it is accepted',
  ],
  [
    'a notice still to be written',
    'notice',
    { notice: { written: false, acceptedAt: null, undeliverable: false } },
    'the notice for this date was not accepted by the mail provider yet',
    '2026-12-01T19:00:00.000Z',
  ],
  [
    'a notice one millisecond late',
    'notice',
    { notice: { ...facts.notice, acceptedAt: at('2026-12-01T19:59:50.001Z') } },
    'the notice left too late for this date',
    'a new date is planned',
  ],
  ['no slot', 'slot', { slot: null }, 'it has no date', 'a date is planned'],
  [
    'no slot, with the reason why none was found',
    'slot',
    { slot: null, noDateReason: 'no open stretch of PT45M' },
    'it has no date: no open stretch of PT45M',
    'a date is planned',
  ],
  [
    'a slot still to come',
    'slot',
    { slot: { ...slotOf(facts), start: at('2026-12-01T20:00:00.001Z') } },
    'its date has not come',
    '2026-12-01T20:00:00.001Z',
  ],
  [
    'a slot too short for the worst case',
    'slot',
    { slot: { ...slotOf(facts), latestEnd: at('2026-12-01T20:00:59.999Z') } },
    'its date has passed',
    'a new date is planned',
  ],
  [
    'a freeze',
    'window',
    { layers: [freeze] },
    'closed by the vendor calendar: Year end',
    '2026-12-03T00:00:00.000Z',
  ],
  [
    'a calendar that never opens',
    'window',
    { layers: [neverOpen] },
    'closed by the vendor calendar: Freeze',
    'a calendar is changed',
  ],
  [
    'a fix that would be lost',
    'fixes',
    {
      production: {
        ...facts.production,
        current: { version: '1.9.3', issues: ['PARK-1', 'PARK-9'] },
      },
    },
    '1.9.4 lacks fixes this client already has: PARK-9',
    'a build with those fixes is announced',
  ],
  [
    'a cohort that waits',
    'cohort',
    { cohort: { ...facts.cohort, state: 'waiting', previousName: 'Pilot' } },
    'Pilot has not reached its threshold',
    'it has',
  ],
  [
    'a cohort before that is observed',
    'cohort',
    {
      cohort: {
        ...facts.cohort,
        state: 'waiting',
        previousName: 'Pilot',
        previousObserveUntil: at('2026-12-02T08:00:00Z'),
      },
    },
    'Pilot is still observed',
    '2026-12-02T08:00:00.000Z',
  ],
  [
    'failures in the cohort',
    'failures',
    { cohort: { ...facts.cohort, failures: 2 } },
    '2 of at most 2 failures: the limit is reached',
    'a person resumes the rollout',
  ],
  [
    'failures in the rollout',
    'failures',
    { cohort: { ...facts.cohort, rolloutFailures: 3 } },
    '3 of at most 2 failures: the limit is reached',
    'a person resumes the rollout',
  ],
  [
    'a full deployer',
    'capacity',
    { capacity: { ...facts.capacity, production: [{ of: 'deployer', inFlight: 5, limit: 5 }] } },
    '5 of 5 at once (deployer)',
    'one of them ends',
  ],
];

it('has every gate open for a client whose time has come', () => {
  expect(judgeGates(facts, now)).toEqual([]);
});

it('speaks of every gate there is', () => {
  expect(new Set(closing.map(([, gate]) => gate))).toEqual(new Set(gates));
});

it.each(closing)('is closed by %s alone: %s', (_, gate, differences, reason, next) => {
  const closed = judgeGates(clientFacts(differences), now);

  expect(closed).toEqual([{ gate, reason, next: nextOf(next) }]);
});

it('names all closed gates at once, in their order', () => {
  const closed = judgeGates(
    clientFacts({
      control: { ...facts.control, live: false },
      production: {
        ...facts.production,
        busyWith: 'Hotfix 8',
        current: { version: '1.9.3', issues: ['PARK-9'] },
      },
      preview: { ...facts.preview, deployment: null },
      agreedBuildId: null,
      notice: { written: true, acceptedAt: null, undeliverable: false },
      slot: { ...slotOf(facts), start: at('2026-12-01T21:00:00Z') },
      layers: [freeze],
      cohort: { ...facts.cohort, state: 'waiting', failures: 9 },
      capacity: { ...facts.capacity, production: [{ of: 'vendor', inFlight: 20, limit: 20 }] },
    }),
    now,
  );

  expect(closed.map(({ gate }) => gate)).toEqual([...gates]);
});

it('adds the gates of two facts together, whichever they are', () => {
  const independent = closing.filter(([, gate]) =>
    ['slot', 'window', 'capacity', 'fixes'].includes(gate),
  );
  const pairs = fc.tuple(fc.constantFrom(...independent), fc.constantFrom(...independent));
  fc.assert(
    fc.property(pairs, ([one, two]) => {
      fc.pre(one[1] !== two[1]);
      const closed = judgeGates(clientFacts({ ...one[2], ...two[2] }), now);
      expect(new Set(closed.map(({ gate }) => gate))).toEqual(new Set([one[1], two[1]]));
    }),
  );
});

it('opens a hold at the very instant of its end', () => {
  const hold = { reason: 'election', by: 'ann', until: now };

  expect(judgeGates(clientFacts({ control: { ...facts.control, hold } }), now)).toEqual([]);
});

it('opens with a notice accepted at the very deadline, and a slot that fits to the millisecond', () => {
  const notice = { ...facts.notice, acceptedAt: slotOf(facts).noticeDeadline };
  const slot = { ...slotOf(facts), latestEnd: at('2026-12-01T20:01:00Z') };

  expect(judgeGates(clientFacts({ notice, slot }), now)).toEqual([]);
});

it('is closed by a calendar that cannot be read, and says so', () => {
  const closed = judgeGates(clientFacts({ layers: [layerFrom('client', { zone: 7 })] }), now);

  expect(closed.every(({ gate }) => gate === 'window')).toBe(true);
  expect(closed[0]?.reason).toContain('closed by the client calendar: the calendar cannot be read');
});

it('asks for no preview where the policy asks for none', () => {
  const policy = { ...facts.policy, previewRequired: false };
  const preview = { ...facts.preview, deployment: null };

  expect(judgeGates(clientFacts({ policy, preview }), now)).toEqual([]);
});

it('judges a critical release by the calendar rules for hotfixes', () => {
  const deny = [
    {
      name: 'Releases rest',
      between: ['2026-12-01T00:00', '2026-12-03T00:00'],
      kinds: ['release'],
    },
  ];
  const layers = [layerFrom('vendor', { zone: 'UTC', allow: 'always', deny })];

  expect(judgeGates(clientFacts({ layers }), now)).toHaveLength(1);
  expect(judgeGates(clientFacts({ layers, critical: true }), now)).toEqual([]);
});

it.each([
  ['another rollout keeps it', { preview: { ...facts.preview, busyWith: 'Hotfix 8' } }, 'conflict'],
  ['its time has not come', { previewAt: at('2026-12-02T00:00:00Z') }, 'slot'],
  ['there is no build', { build: null }, 'preview'],
  [
    'its deployer is full',
    { capacity: { ...facts.capacity, preview: [{ of: 'deployer', inFlight: 5, limit: 5 }] } },
    'capacity',
  ],
  ['the rollout is paused', { control: { ...facts.control, rollout: 'paused' } }, 'control'],
] as const)('keeps a preview back while %s', (_, differences, gate) => {
  const closed = judgePreviewGates(clientFacts(differences), now);

  expect(closed.map((each) => each.gate)).toEqual([gate]);
});

function nextOf(next: string) {
  return next.endsWith('Z') ? { kind: 'at', at: next } : { kind: 'when', what: next };
}

function slotOf({ slot }: ClientFacts): NonNullable<ClientFacts['slot']> {
  if (slot === null) throw new Error('the usual facts have a slot');
  return slot;
}
