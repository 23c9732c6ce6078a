import type { Arrival } from './arrivals.ts';
import type { FaultOrder, WaitingFault } from './faults.ts';
import type { Effect, Operation } from './operation-book.ts';
import type { LoggedRequest } from './request-log.ts';

/** What a test can see and order; the control API says the same over HTTP. */
export interface DeployerControl {
  readonly effects: () => readonly Effect[];
  readonly requests: () => readonly LoggedRequest[];
  readonly operationOf: (key: string) => Operation | undefined;
  readonly running: () => readonly Operation[];
  /** Resolves when the operation under a key has ended. */
  readonly settled: (key: string) => Promise<void>;
  readonly inject: (order: FaultOrder) => WaitingFault;
  readonly faults: () => readonly WaitingFault[];
  readonly clearFaults: () => void;
  /** All held calls so far, as soon as there are that many or the time is over. */
  readonly waitForArrivals: (count: number, timeoutMs: number) => Promise<readonly Arrival[]>;
  readonly release: (arrivalId?: string) => number;
  readonly setWorkMs: (ms: number) => void;
}
