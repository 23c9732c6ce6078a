import { Connection } from '@temporalio/client';
import type { TemporalSettings } from './temporal-settings.ts';

/** Whether Temporal answers. */
export interface EngineHealth {
  /** Null = it answers; otherwise why not. Never waits long, never fails. */
  readonly problem: () => Promise<string | null>;
  readonly close: () => Promise<void>;
}

const deadlineMs = 1_000;
const rememberedMs = 2_000;

/** Asks over a connection of its own; an answer holds for two seconds, so that health checks cost nothing. */
export function temporalHealth({ address, apiKey, tls }: TemporalSettings): EngineHealth {
  const connection = Connection.lazy({ address, tls, ...(apiKey === null ? {} : { apiKey }) });
  let asked: { readonly at: number; readonly answer: Promise<string | null> } | null = null;
  const ask = async (): Promise<string | null> => {
    try {
      await connection.withDeadline(Date.now() + deadlineMs, () =>
        connection.workflowService.getSystemInfo({}),
      );
      return null;
    } catch {
      return 'does not answer; what is decided meanwhile is done once it is back';
    }
  };
  return {
    problem: async () => {
      if (asked === null || performance.now() - asked.at > rememberedMs) {
        asked = { at: performance.now(), answer: ask() };
      }
      return await asked.answer;
    },
    close: () => connection.close(),
  };
}
