import { asyncLocalStorage } from '@temporalio/activity';
import {
  ApplicationFailure,
  ApplicationFailureCategory,
  CancelledFailure,
} from '@temporalio/common';

/** Not an error: the outside is not ready yet. The same activity is tried again after the given time, at no cost. */
export function stillWaiting(what: string, delayMs: number): ApplicationFailure {
  return ApplicationFailure.create({
    message: what,
    type: 'STILL_WAITING',
    category: ApplicationFailureCategory.BENIGN,
    nextRetryDelay: Math.max(1, Math.round(delayMs)),
  });
}

/**
 * The one place that says which failures are tried again: all, save an input that cannot be read, for that will
 * never be different. A bug is tried again too, so that its loop goes on as soon as it is mended.
 */
export function failureOf(error: unknown): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = codeOf(error);
  return ApplicationFailure.create({
    message: cause.message,
    type: code ?? cause.name,
    nonRetryable: code !== null && unreadableInput.test(code),
    cause,
  });
}

/** Acts whose failures have passed `failureOf`, and which tell Temporal that they are alive while they run. */
export function withFailures<Acts extends object>(acts: Acts): Acts {
  return Object.fromEntries(
    Object.entries(acts).map(([name, act]) => [name, translated(act as AnyAct)]),
  ) as Acts;
}

type AnyAct = (...input: readonly unknown[]) => Promise<unknown>;

/** Postgres' class 22: a value, such as an id, that is none. */
const unreadableInput = /^22[0-9A-Z]{3}$/;
const heartbeatMs = 2_000;

function translated(act: AnyAct): AnyAct {
  return async (...input) => {
    const context = asyncLocalStorage.getStore();
    const beat = setInterval(() => {
      context?.heartbeat();
    }, heartbeatMs);
    try {
      return await act(...input);
    } catch (error) {
      throw failureOf(error);
    } finally {
      clearInterval(beat);
    }
  };
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}
