import type { Duration } from '../../domain/duration.ts';
import type { Policy } from '../../domain/rollout/policy.ts';

const duration = (text: string): Duration => text as Duration;

const common = {
  lead: { duration: duration('PT2S') },
  worstCase: duration('PT5S'),
  previewAllowance: duration('PT3S'),
  observation: duration('PT1S'),
  cohorts: [{ name: 'All', rest: true }],
  maxInFlight: 12,
  pauseAfterFailures: 100,
  probes: { times: 2, interval: duration('PT1S') },
} satisfies Partial<Policy>;

/** The client agrees by mail before its notice; three quarters of a minute outlast the recovery of a killed worker. */
export const askedFirst: Partial<Policy> = {
  ...common,
  consent: 'approve',
  answerWithin: { duration: duration('PT45S') },
};

/** The client is told, not asked: its date comes a quarter of a minute after the start. */
export const informedOnly: Partial<Policy> = { ...common, consent: 'inform' };

/** The client agrees by mail, and nothing stands still meanwhile. */
export const askedAtEase: Partial<Policy> = {
  ...askedFirst,
  answerWithin: { duration: duration('PT10S') },
};
