import { setTimeout as sleep } from 'node:timers/promises';
import type { Sites } from '../sites/start-sites.ts';
import type { Operation, OperationBook } from './operation-book.ts';

/** What the deployer does its work on. */
export type DeployTarget = Pick<Sites, 'has' | 'deploy' | 'catalogue'>;

/** Carries operations to their end, each after its time. */
export interface Workshop {
  readonly begin: (operation: Operation) => void;
  /** Resolves when the operation has ended; at once when nobody works on it. */
  readonly settled: (id: string) => Promise<void>;
  /** Lays everything down as it is; a later start takes it up again. */
  readonly close: () => Promise<void>;
}

const failureDetail = 'the deployment ended with exit code 1: out of disk space';

/** Opens the workshop and takes up what a killed process left running. */
export function openWorkshop(book: OperationBook, target: DeployTarget): Workshop {
  const closing = new AbortController();
  const working = new Map<string, Promise<void>>();
  const lastSwap = new Map<string, Promise<void>>();

  async function work(operation: Operation): Promise<void> {
    const waitMs = Date.parse(operation.at) + operation.fate.workMs - Date.now();
    await sleep(Math.max(0, waitMs), undefined, { signal: closing.signal });
    const problem = await inTurn(operation, () => swap(operation));
    if (closing.signal.aborted) return;
    const succeeded = problem === null && reportsSuccess(operation);
    book.finish(
      operation.id,
      succeeded ? 'succeeded' : 'failed',
      succeeded ? null : (problem ?? failureDetail),
    );
  }

  async function swap(operation: Operation): Promise<string | null> {
    const { outcome } = operation.fate;
    if (outcome === 'fail' || outcome === 'pretend') return null;
    try {
      await target.deploy(operation, operation);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  // Two operations on one site swap one after the other.
  async function inTurn<T>({ client, site }: Operation, act: () => Promise<T>): Promise<T> {
    const name = `${client}/${site}`;
    const turn = (lastSwap.get(name) ?? Promise.resolve()).then(act);
    lastSwap.set(
      name,
      turn.then(() => undefined),
    );
    return turn;
  }

  const begin = (operation: Operation): void => {
    const ended = work(operation)
      .catch((error: unknown) => {
        if (!closing.signal.aborted) throw error;
      })
      .finally(() => working.delete(operation.id));
    working.set(operation.id, ended);
  };

  for (const operation of book.running()) begin(operation);
  return {
    begin,
    settled: (id) => working.get(id) ?? Promise.resolve(),
    close: async () => {
      closing.abort();
      await Promise.all(working.values());
    },
  };
}

function reportsSuccess({ fate }: Operation): boolean {
  return fate.outcome !== 'fail' && fate.outcome !== 'deny';
}
