import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Database, inTransaction } from '../../../database/in-transaction.ts';
import { releaseLease, takeLease } from '../../../database/stores/lease.store.ts';

/** Work that one process of an installation does at a time, again and again. */
export interface Duty {
  readonly name: string;
  /** The pause after a round that left nothing to do. */
  readonly everyMs: number;
  /** One round; true when there is more to do at once. */
  readonly perform: () => Promise<boolean>;
}

/** What every duty needs. */
export interface DutyDependencies {
  readonly database: Database;
  readonly log: Logger;
  /** How long a dead holder keeps the others waiting. */
  readonly leaseMs?: number;
}

const usualLeaseMs = 10_000;
const pauseAfterErrorMs = 1_000;

/**
 * Does a duty whenever this process holds its lease; the others wait until the holder is gone. Every duty stays right
 * with two holders for a moment: the lease saves work, the rows' own locks keep order.
 */
export function keepDuty(
  deps: DutyDependencies,
  duty: Duty,
): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const ended = runUntil(stopping.signal, deps, duty);
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function runUntil(signal: AbortSignal, deps: DutyDependencies, duty: Duty): Promise<void> {
  const lease = openLease(deps, duty.name);
  let dueAt = 0;
  let isTroubled = false;
  while (!signal.aborted) {
    let pauseMs = lease.renewEveryMs;
    try {
      if (await lease.isHeld()) {
        if (performance.now() >= dueAt) {
          const hasMore = await duty.perform();
          dueAt = hasMore ? 0 : performance.now() + duty.everyMs;
        }
        pauseMs = Math.min(pauseMs, Math.max(0, dueAt - performance.now()));
      }
      if (isTroubled) deps.log.info({ duty: duty.name }, 'A duty goes on');
      isTroubled = false;
    } catch (error) {
      if (!isTroubled) deps.log.warn({ duty: duty.name, err: error }, 'A duty failed; tries again');
      isTroubled = true;
      pauseMs = pauseAfterErrorMs;
    }
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  // Gives it back at once; when that fails it runs out.
  await lease.release().catch(() => undefined);
}

interface HeldLease {
  readonly renewEveryMs: number;
  readonly isHeld: () => Promise<boolean>;
  readonly release: () => Promise<void>;
}

function openLease(
  { database, leaseMs = usualLeaseMs }: DutyDependencies,
  name: string,
): HeldLease {
  const holder = randomUUID();
  const renewEveryMs = leaseMs / 3;
  let renewAt = 0;
  return {
    renewEveryMs,
    isHeld: async () => {
      const asked = performance.now();
      if (asked < renewAt) return true;
      renewAt = 0;
      const isOurs = await inTransaction(database, (tx) =>
        takeLease(tx, { name, holder, forMs: leaseMs }),
      );
      if (isOurs) renewAt = asked + renewEveryMs;
      return isOurs;
    },
    release: () => inTransaction(database, (tx) => releaseLease(tx, { name, holder })),
  };
}
