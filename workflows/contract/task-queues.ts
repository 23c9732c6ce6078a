import type { WorkflowSubject } from './workflow-ids.ts';

/** One queue by default, so that activities start eagerly; others are split off by configuration only. */
export const mainTaskQueue = 'daymark';

/** The loops that may be given a queue, and so workers' slots, of their own. */
export const splitQueues = ['deployments', 'mail'] as const;
export type SplitQueue = (typeof splitQueues)[number];

/** The queue a loop runs on; its activities follow it there, which keeps their eager start. */
export function taskQueueOf(subject: WorkflowSubject, splitOff: readonly SplitQueue[]): string {
  const own = subject.kind === 'mail' ? 'mail' : 'deployments';
  return subject.kind !== 'rollout' && splitOff.includes(own) ? queueNamed(own) : mainTaskQueue;
}

/** Every queue of an installation that splits off the given ones. */
export function taskQueues(splitOff: readonly SplitQueue[]): readonly string[] {
  return [mainTaskQueue, ...splitOff.map(queueNamed)];
}

function queueNamed(own: SplitQueue): string {
  return `${mainTaskQueue}-${own}`;
}
