import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';

/** The kinds of events in a loop's history, such as `timerStarted`, oldest first. */
export async function eventKinds(handle: WorkflowHandle): Promise<readonly string[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).map((event) => {
    const attributes = Object.entries(event as Record<string, unknown>).find(
      ([key, value]) => key.endsWith('EventAttributes') && value !== null,
    );
    return attributes?.[0].replace(/EventAttributes$/, '') ?? '';
  });
}

/** Waits until the history holds an event of that kind, that many times. */
export async function untilEvent(handle: WorkflowHandle, kind: string, times = 1): Promise<void> {
  for (;;) {
    const found = (await eventKinds(handle)).filter((each) => each === kind);
    if (found.length >= times) return;
    await pause(20);
  }
}

/** Waits until that many acts have answered and the loop sleeps, with a timer or until woken. */
export async function untilItSleeps(handle: WorkflowHandle, afterActs = 1): Promise<void> {
  for (;;) {
    const kinds = await eventKinds(handle);
    const answered = kinds.filter((each) => each === 'activityTaskCompleted').length;
    if (
      answered >= afterActs &&
      /^(timerStarted|workflowTaskCompleted)$/.test(kinds.at(-1) ?? '')
    ) {
      return;
    }
    await pause(20);
  }
}
