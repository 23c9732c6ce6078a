import { condition, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { Step } from './contract/steps.ts';

/** A loop that asks what is next, and what it needs for that. */
export interface Story<Act extends string> {
  /** Asked first; every act answers what is really next, so any of them does. */
  readonly first: Act;
  /** Whether the facts have changed since `forgetWake`. */
  readonly isWoken: () => boolean;
  readonly forgetWake: () => void;
  readonly perform: (act: Act, summary: string) => Promise<Step<Act>>;
  readonly startAnew: () => Promise<never>;
}

/** A history this long is continued as a new one, which asks again and so needs nothing of the old. */
const longHistory = 2_000;

/**
 * Asks and acts, sleeps until the named instant or until woken, and asks again, until nothing is left to do.
 * The wake is forgotten before each question: what comes while it is answered leads to another one.
 */
export async function followSteps<Act extends string>(story: Story<Act>): Promise<void> {
  let act = story.first;
  let summary = 'begins: asks what is next';
  for (;;) {
    if (isLong()) await story.startAnew();
    story.forgetWake();
    const step = await story.perform(act, summary);
    switch (step.kind) {
      case 'act':
        ({ act, summary } = step);
        break;
      case 'wait':
        await sleepUntilWoken(story, step.sleepMs, step.summary);
        act = step.then;
        summary = story.isWoken() ? 'woken: looks again' : 'looks again in time';
        break;
      case 'end':
        if (!story.isWoken()) return;
        summary = 'woken at the end: looks again';
        break;
      default:
        throw unknownStep(step);
    }
  }
}

/** Sleeps that long at most; with null until the facts change, however long that takes. */
export async function sleepUntilWoken(
  story: Pick<Story<string>, 'isWoken'>,
  sleepMs: number | null,
  summary: string,
): Promise<void> {
  setCurrentDetails(summary);
  if (sleepMs === null) await condition(story.isWoken);
  else await condition(story.isWoken, Math.max(1, sleepMs), { summary });
  setCurrentDetails('');
}

/** Whether the history should be continued as a new one. */
export function isLong(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > longHistory;
}

/** A plain error: the task is tried again until a worker that knows the step takes it. */
function unknownStep(step: never): Error {
  return new Error(`This worker knows no step "${(step as { kind: string }).kind}"`);
}
