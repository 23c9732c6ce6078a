import type { Activities } from '../../workflows/contract/activities.ts';
import {
  type ClientAct,
  clientActs,
  type ClientStep,
  type RolloutAct,
  rolloutActs,
  type RolloutStep,
} from '../../workflows/contract/steps.ts';

/** What a script is told at each call. */
export interface Call {
  readonly act: string;
  /** Calls of any act before this one. */
  readonly number: number;
  readonly input: object;
}

/** Activities that answer from a script and remember in which order they were asked. */
export interface ScriptedActivities {
  readonly activities: Activities;
  readonly calls: readonly string[];
}

/** Stands in for the acts: the test says what each call answers. */
export function scriptedActivities(answer: {
  readonly client?: (call: Call) => ClientStep | Promise<ClientStep>;
  readonly rollout?: (call: Call) => RolloutStep | Promise<RolloutStep>;
  readonly mail?: (call: Call) => { readonly sleepMs: number | null };
}): ScriptedActivities {
  const calls: string[] = [];
  const asked = (act: string, input: object): Call => ({ act, number: calls.push(act) - 1, input });
  const end = { kind: 'end', summary: 'the script says nothing' } as const;
  const client = async (act: ClientAct, input: object): Promise<ClientStep> =>
    (await answer.client?.(asked(act, input))) ?? end;
  const rollout = async (act: RolloutAct, input: object): Promise<RolloutStep> =>
    (await answer.rollout?.(asked(act, input))) ?? end;
  const activities = {
    ...Object.fromEntries(clientActs.map((act) => [act, (input: object) => client(act, input)])),
    ...Object.fromEntries(rolloutActs.map((act) => [act, (input: object) => rollout(act, input)])),
    sendDue: (input: object) =>
      Promise.resolve(answer.mail?.(asked('sendDue', input)) ?? { sleepMs: null }),
  };
  return { activities: activities as unknown as Activities, calls };
}
