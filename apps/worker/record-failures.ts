import type {
  ActivityInboundCallsInterceptor,
  ActivityInterceptorsFactory,
} from '@temporalio/worker';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Logger } from 'pino';
import { type Database, inTransaction } from '../../database/in-transaction.ts';
import { storeFailedAct, storeWaitingAct } from '../../database/stores/wake.store.ts';

/**
 * Notes beside a loop's wake why its act failed, or that it waits for the far side, so that the sweep tells a loop
 * that waits from one that is stuck, and a person reads the reason without opening Temporal.
 */
export function recordFailures(database: Database, log: Logger): ActivityInterceptorsFactory {
  return ({ info }) => {
    const workflowId = info.workflowExecution?.workflowId ?? '';
    const note = async (error: unknown): Promise<void> => {
      const delayMs = benignDelayMs(error);
      if (delayMs !== null) {
        await inTransaction(database, (tx) => storeWaitingAct(tx, { workflowId, delayMs }));
        return;
      }
      log.warn(
        { act: info.activityType, workflowId, attempt: info.attempt, err: error },
        'An act failed',
      );
      await inTransaction(database, (tx) =>
        storeFailedAct(tx, { workflowId, error: textOf(error) }),
      );
    };
    const inbound: ActivityInboundCallsInterceptor = {
      execute: async (input, next) => {
        try {
          return await next(input);
        } catch (error) {
          // With the database away there is nowhere to note it; the act's own error counts.
          await note(error).catch(() => undefined);
          throw error;
        }
      },
    };
    return { inbound };
  };
}

function benignDelayMs(error: unknown): number | null {
  if (!(error instanceof ApplicationFailure)) return null;
  if (error.category !== ApplicationFailureCategory.BENIGN) return null;
  return typeof error.nextRetryDelay === 'number' ? error.nextRetryDelay : 0;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
