import type { WorkflowEngine } from './workflow-engine.ts';

/** A loop that is owed a signal, and the level this signal stands for. */
export interface OwedWake {
  readonly workflowId: string;
  readonly level: number;
}

/** Where it is written which loops are owed a signal. */
export interface WakeLedger {
  /** Claims some in plan order, out of these or (null) out of all; nobody else gets them for a while. */
  readonly claim: (only: readonly string[] | null) => Promise<readonly OwedWake[]>;
  readonly markSent: (wakes: readonly OwedWake[]) => Promise<void>;
  /** They are tried again after a pause that grows. */
  readonly markFailed: (wakes: readonly OwedWake[], error: string) => Promise<void>;
}

/** What one round came to; `claimed` of 0 means that nothing is owed. */
export interface SentWakes {
  readonly claimed: number;
  readonly failed: number;
}

const atOnce = 20;

/**
 * Sends what is owed. The one way of waking a loop: the process that wrote a fact calls it for its own few, the
 * relay for the rest. A crash between signal and record leads to a second signal, which asks once more and harms nothing.
 */
export async function sendWakes(
  ledger: WakeLedger,
  engine: WorkflowEngine,
  only: readonly string[] | null = null,
): Promise<SentWakes> {
  const wakes = await ledger.claim(only);
  const sent: OwedWake[] = [];
  const failed: OwedWake[] = [];
  let lastError = '';
  const waiting = [...wakes];
  const sendOne = async (): Promise<void> => {
    for (let wake = waiting.shift(); wake !== undefined; wake = waiting.shift()) {
      try {
        await engine.wake(wake.workflowId);
        sent.push(wake);
      } catch (error) {
        failed.push(wake);
        lastError = error instanceof Error ? error.message : String(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendOne));
  if (sent.length > 0) await ledger.markSent(sent);
  if (failed.length > 0) await ledger.markFailed(failed, lastError);
  return { claimed: wakes.length, failed: failed.length };
}
