import type { Instant } from '../../../domain/instant.ts';
import type { ClientFacts } from '../../../domain/rollout/client-facts.ts';
import { isSlotLost, nextClientStep } from '../../../domain/rollout/next-client-step.ts';
import { clientRolloutStates, hasEnded } from '../../../domain/rollout/states.ts';
import { at, build, clientFacts, now, openRound, verified } from './client-facts-of.ts';

const facts = clientFacts();
const slot =
  facts.slot ??
  (() => {
    throw new Error('the usual facts have a slot');
  })();
const noPreview = { ...facts.preview, deployment: null };
const notLive = { ...facts.control, live: false };
const running = { ...verified, state: 'running', verification: null } as const;
const early = at('2026-12-01T18:30:00Z');

/** A client's facts, and the act that is due or waited for. */
const steps: readonly [string, Partial<ClientFacts>, string, Instant?][] = [
  [
    'prepares the preview when it is due',
    { state: 'planned', preview: noPreview },
    'act preparePreview',
  ],
  ['waits with the preview for a build', { state: 'planned', build: null }, 'wait preparePreview'],
  [
    'waits with the preview while mail is not live',
    { state: 'planned', preview: noPreview, control: notLive },
    'wait preparePreview',
  ],
  [
    'asks at once where no preview is required',
    { state: 'planned', policy: { ...facts.policy, previewRequired: false } },
    'act askConsent',
  ],
  [
    'waits for a build even where no preview is required',
    { state: 'planned', build: null, policy: { ...facts.policy, previewRequired: false } },
    'wait preparePreview',
  ],
  [
    'dispatches a claimed preview',
    {
      state: 'previewing',
      preview: { ...noPreview, deployment: { ...running, state: 'claimed' } },
    },
    'act preparePreview',
  ],
  [
    'looks up a preview whose dispatch has no answer',
    {
      state: 'previewing',
      preview: { ...noPreview, deployment: { ...running, state: 'dispatching' } },
    },
    'act preparePreview',
  ],
  [
    'verifies a preview that runs',
    { state: 'previewing', preview: { ...noPreview, deployment: running } },
    'act verifyPreview',
  ],
  ['asks when the preview is verified', { state: 'previewing' }, 'act askConsent'],
  [
    'prepares the preview anew for a newer build',
    { state: 'previewing', preview: noPreview },
    'act preparePreview',
  ],
  [
    'asks again when the question was superseded',
    { state: 'asking', round: { ...openRound, state: 'superseded' } },
    'act askConsent',
  ],
  [
    'waits while the question is on its way',
    { state: 'asking', round: { ...openRound, deadline: null } },
    'wait closeRound',
  ],
  [
    'waits for an answer until the deadline',
    { state: 'asking', round: openRound },
    'wait closeRound 2026-12-01T22:00:00.000Z',
  ],
  [
    'closes the round at the very deadline',
    { state: 'asking', round: { ...openRound, deadline: now } },
    'act closeRound',
  ],
  [
    'goes on waiting under the rule to wait',
    { state: 'asking', round: { ...openRound, deadline: now, overdueSince: now } },
    'wait closeRound',
  ],
  [
    'waits with the notice until it is due',
    { state: 'agreed', notice: { written: false, acceptedAt: null, undeliverable: false } },
    'wait announce 2026-12-01T19:00:00.000Z',
    early,
  ],
  [
    'announces when the notice is due',
    { state: 'agreed', notice: { written: false, acceptedAt: null, undeliverable: false } },
    'act announce',
    slot.noticeAt,
  ],
  [
    'tells no date while the client is on hold',
    {
      state: 'agreed',
      notice: { written: false, acceptedAt: null, undeliverable: false },
      control: { ...facts.control, hold: { reason: 'election', by: 'ann', until: null } },
    },
    'wait announce',
    slot.noticeAt,
  ],
  [
    'misses a slot whose notice can no longer be in time',
    { state: 'agreed', notice: { written: false, acceptedAt: null, undeliverable: false } },
    'act missSlot',
    at('2026-12-01T19:59:50.001Z'),
  ],
  ['misses a slot it never had', { state: 'agreed', slot: null }, 'act missSlot'],
  ['deploys when every gate is open', { state: 'scheduled' }, 'act deploy'],
  [
    'waits for its slot',
    { state: 'scheduled' },
    'wait deploy 2026-12-01T20:00:00.000Z',
    at('2026-12-01T19:30:00Z'),
  ],
  [
    'looks when the slot is lost at the latest, whatever it waits for',
    { state: 'scheduled', cohort: { ...facts.cohort, state: 'waiting' } },
    'wait deploy 2026-12-01T22:59:00.001Z',
  ],
  [
    'looks when the notice is late at the latest',
    { state: 'scheduled', notice: { written: true, acceptedAt: null, undeliverable: false } },
    'wait deploy 2026-12-01T19:59:50.001Z',
    at('2026-12-01T19:30:00Z'),
  ],
  [
    'misses a slot that is too short by now',
    { state: 'scheduled' },
    'act missSlot',
    at('2026-12-01T22:59:00.001Z'),
  ],
  [
    'still starts at the last instant that fits',
    { state: 'scheduled' },
    'act deploy',
    at('2026-12-01T22:59:00Z'),
  ],
  ['waits for a new date after it missed one', { state: 'missed' }, 'wait announce'],
  ['deploys what it was told to', { state: 'deploying' }, 'act deploy'],
  [
    'dispatches its claim',
    {
      state: 'deploying',
      production: { ...facts.production, deployment: { ...running, state: 'claimed' } },
    },
    'act deploy',
  ],
  [
    'verifies what runs',
    { state: 'deploying', production: { ...facts.production, deployment: running } },
    'act verify',
  ],
  [
    'verifies what ended',
    {
      state: 'verifying',
      production: { ...facts.production, deployment: { ...verified, verification: 'pending' } },
    },
    'act verify',
  ],
  [
    'ends when it is verified',
    { state: 'verifying', production: { ...facts.production, deployment: verified } },
    'end',
  ],
  [
    'ends with a rollout that was stopped',
    { state: 'asking', control: { ...facts.control, rollout: 'stopped' } },
    'end',
  ],
  [
    'carries a deployment to its end although the rollout was stopped',
    { state: 'deploying', control: { ...facts.control, rollout: 'stopped' } },
    'act deploy',
  ],
];

it.each(steps.map(([name, ...rest]) => [name, rest] as const))(
  '%s',
  (_, [differences, expected, moment]) => {
    const step = nextClientStep(clientFacts(differences), moment ?? now);

    expect(told(step)).toBe(expected);
  },
);

it.each(clientRolloutStates)('knows what is next for a client that is %s', (state) => {
  const step = nextClientStep(clientFacts({ state }), now);

  if (hasEnded(state)) expect(step).toEqual({ kind: 'end', because: state });
  else expect(step.because).not.toBe('');
});

it('names every closed gate while it waits', () => {
  const control = { ...facts.control, rollout: 'paused' } as const;
  const step = nextClientStep(clientFacts({ control, build: { ...build, issues: [] } }), now);

  expect(step.kind === 'wait' && step.gates.map(({ gate }) => gate)).toEqual(['control', 'fixes']);
});

it('takes a slot for lost when its notice was accepted too late', () => {
  const notice = { ...facts.notice, acceptedAt: at('2026-12-01T19:59:51Z') };

  expect(isSlotLost(clientFacts({ notice }), now)).toBe(true);
});

function told(step: ReturnType<typeof nextClientStep>): string {
  if (step.kind === 'end') return 'end';
  if (step.kind === 'act') return `act ${step.act}`;
  return `wait ${step.then}${step.until === null ? '' : ` ${step.until}`}`;
}

it.each([
  ['agreed', 'missSlot'],
  ['missed', 'announce'],
] as const)('says of a client without a date that is %s why it has none', (state, act) => {
  const noDateReason = 'no open stretch of PT45M';

  const next = nextClientStep({ ...facts, state, slot: null, noDateReason }, now);

  expect(next).toMatchObject(next.kind === 'wait' ? { then: act } : { act });
  expect(next.because).toBe('it has no date: no open stretch of PT45M');
});
