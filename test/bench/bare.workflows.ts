import { proxyActivities } from '@temporalio/workflow';
import type { BareActivities } from './bare.ts';

const { nothing } = proxyActivities<BareActivities>({ startToCloseTimeout: '30 seconds' });

/** Begins and ends. */
export function noOpWorkflow(): Promise<void> {
  return Promise.resolve();
}

/** Calls one activity that does nothing. */
export async function oneActivityWorkflow(): Promise<void> {
  await nothing();
}
