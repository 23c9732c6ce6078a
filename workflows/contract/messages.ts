import { defineSignal } from '@temporalio/workflow';

/** "Something changed, look again": carries no decision, for decisions are facts in Postgres. */
export const factsChangedSignal = defineSignal('factsChanged');
