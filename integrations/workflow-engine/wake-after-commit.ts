import { sendWakes, type WakeLedger } from './send-wakes.ts';
import type { WorkflowEngine } from './workflow-engine.ts';

/** Sends a process's own wakes right after their commit. */
export interface PromptSender {
  /** For `Database.onWakes`: returns at once and never fails; what it cannot send, the relay sends. */
  readonly onWakes: (workflowIds: readonly string[]) => void;
  /** Waits for what is on its way, before connections close. */
  readonly settle: () => Promise<void>;
}

/** More than these few from one commit are left to the relay, which paces them. */
const mostPerCommit = 20;

/** A sender with one call under way at a time; what comes meanwhile is sent together by the next. */
export function wakeAfterCommit(ledger: WakeLedger, engine: WorkflowEngine): PromptSender {
  const waiting = new Set<string>();
  let underWay: Promise<void> | null = null;
  const sendAll = async (): Promise<void> => {
    while (waiting.size > 0) {
      const own = [...waiting];
      waiting.clear();
      // The wakes stay owed in the database.
      await sendWakes(ledger, engine, own).catch(() => undefined);
    }
    underWay = null;
  };
  return {
    onWakes: (workflowIds) => {
      for (const id of workflowIds.slice(0, mostPerCommit)) waiting.add(id);
      underWay ??= sendAll();
    },
    settle: async () => {
      await underWay;
    },
  };
}
