import type { ClientRolloutInput, MailInput, RolloutInput } from './inputs.ts';
import type { ClientAct, ClientStep, RolloutAct, RolloutStep } from './steps.ts';

/** Each act re-decides under its locks, may answer "not any more" by naming another step, and returns the next. */
export type ClientActivities = Readonly<
  Record<ClientAct, (input: ClientRolloutInput) => Promise<ClientStep>>
>;

export type RolloutActivities = Readonly<
  Record<RolloutAct, (input: RolloutInput) => Promise<RolloutStep>>
>;

/** Sends and looks up everything that is due on one stream; answers how long nothing will be due, null = nothing is. */
export interface MailActivities {
  readonly sendDue: (input: MailInput) => Promise<{ readonly sleepMs: number | null }>;
}

export type Activities = ClientActivities & RolloutActivities & MailActivities;
