import type { Duration } from '../duration.ts';
import type { Policy } from './policy.ts';

const duration = (text: string): Duration => text as Duration;

const common = {
  calendar: 'support-days',
  previewRequired: true,
  noAnswerRule: 'wait',
  worstCase: duration('PT45M'),
  previewAllowance: duration('PT4H'),
  thresholdPercent: 90,
  maxInFlight: 5,
  pauseAfterFailures: 2,
  latestDateDays: 60,
  missed: 'ask',
  undoTime: duration('PT60S'),
  probes: { times: 3, interval: duration('PT5S') },
  operationDeadline: duration('PT60M'),
} as const;

const staged = [
  { name: 'Pilot', tags: ['pilot'] },
  { name: 'Staged', tags: ['staged'] },
  { name: 'Rest', rest: true },
];

/** The policies every new installation starts with; a vendor edits them as data. */
export const seededPolicies: readonly Policy[] = [
  {
    ...common,
    name: 'transparent-release',
    title: 'Release nobody notices',
    consent: 'inform',
    answerWithin: { businessDays: 5 },
    lead: { businessDays: 5 },
    observation: duration('PT24H'),
    cohorts: [{ name: 'All', rest: true }],
  },
  {
    ...common,
    name: 'visible-release',
    title: 'Release people will see',
    consent: 'object',
    answerWithin: { businessDays: 5 },
    lead: { businessDays: 5 },
    observation: duration('PT24H'),
    cohorts: staged,
  },
  {
    ...common,
    name: 'action-release',
    title: 'Release that needs the client to act',
    consent: 'approve',
    answerWithin: { businessDays: 5 },
    lead: { businessDays: 5 },
    observation: duration('PT24H'),
    cohorts: staged,
  },
  {
    ...common,
    name: 'hotfix',
    title: 'Hotfix',
    consent: 'inform',
    reportersConsent: 'approve',
    answerWithin: { businessDays: 1 },
    lead: { businessDays: 1 },
    observation: duration('PT4H'),
    cohorts: [
      { name: 'Reporters', reporters: true },
      { name: 'Rest', rest: true },
    ],
  },
  {
    ...common,
    name: 'critical-hotfix',
    title: 'Critical hotfix',
    calendar: 'emergency',
    consent: 'inform',
    reportersConsent: 'approve',
    answerWithin: { businessDays: 1 },
    lead: { duration: duration('PT0S') },
    observation: duration('PT30M'),
    cohorts: [
      { name: 'Reporters', reporters: true },
      { name: 'Rest', rest: true },
    ],
  },
];

/** The policy of the demonstration rollout: real steps on a clock of seconds. */
export const demoPolicy: Policy = {
  ...common,
  name: 'demo',
  title: 'Demonstration: everything within minutes',
  calendar: 'always',
  consent: 'approve',
  answerWithin: { duration: duration('PT30S') },
  lead: { duration: duration('PT10S') },
  worstCase: duration('PT1M'),
  previewAllowance: duration('PT30S'),
  observation: duration('PT10S'),
  thresholdPercent: 100,
  cohorts: staged,
  maxInFlight: 3,
  missed: 'plan-again',
  undoTime: duration('PT0S'),
  probes: { times: 3, interval: duration('PT1S') },
  operationDeadline: duration('PT5M'),
};
