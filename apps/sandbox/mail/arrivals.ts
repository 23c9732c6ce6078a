import type { Subject } from './faults.ts';

/** A call that hangs until somebody releases it or its caller is gone. */
export interface Arrival {
  readonly id: number;
  readonly fault: string;
  readonly did: string | null;
  readonly tag: string | null;
  readonly recipients: readonly string[];
  readonly stored: boolean;
  readonly arrivedAtMs: number;
  readonly state: 'waiting' | 'released' | 'gone';
}

/** Narrows a list of arrivals; what is not said does not narrow it. */
export interface ArrivalFilter {
  readonly did?: string | undefined;
  readonly tag?: string | undefined;
  readonly recipient?: string | undefined;
  readonly fault?: string | undefined;
}

/** How a hanging call ends: with the answer it would have had, without one, or its caller left. */
export type Ending = 'answer' | 'drop' | 'gone';

interface Held {
  arrival: Arrival;
  readonly end: (ending: Ending) => void;
}

interface Watcher {
  readonly filter: ArrivalFilter;
  readonly found: (arrival: Arrival) => void;
}

/** The calls that hang, so that a test knows that one has arrived and decides when it goes on. */
export class Arrivals {
  readonly #held: Held[] = [];
  readonly #watchers = new Set<Watcher>();

  /** Holds a call until it is released, dropped, or `gone` settles. */
  hold(about: Omit<Arrival, 'id' | 'state'>, gone: Promise<void>): Promise<Ending> {
    return new Promise((resolve) => {
      const held: Held = {
        arrival: { ...about, id: this.#held.length + 1, state: 'waiting' },
        end: (ending) => {
          if (held.arrival.state !== 'waiting') return;
          held.arrival = { ...held.arrival, state: ending === 'gone' ? 'gone' : 'released' };
          resolve(ending);
        },
      };
      this.#held.push(held);
      void gone.then(() => {
        held.end('gone');
      });
      for (const watcher of this.#watchers) {
        if (fits(held.arrival, watcher.filter)) watcher.found(held.arrival);
      }
    });
  }

  list(filter: ArrivalFilter = {}): readonly Arrival[] {
    return this.#held.map(({ arrival }) => arrival).filter((arrival) => fits(arrival, filter));
  }

  /** The first waiting call that fits, at once or when it comes; undefined when none came in time. */
  waitFor(filter: ArrivalFilter, timeoutMs: number): Promise<Arrival | undefined> {
    const already = this.list(filter).find(({ state }) => state === 'waiting');
    if (already) return Promise.resolve(already);
    return new Promise((resolve) => {
      const stop = (arrival: Arrival | undefined) => {
        clearTimeout(timer);
        this.#watchers.delete(watcher);
        resolve(arrival);
      };
      const watcher: Watcher = { filter, found: stop };
      const timer = setTimeout(() => {
        stop(undefined);
      }, timeoutMs);
      this.#watchers.add(watcher);
    });
  }

  /** Lets one call go on, or all of them; answers how many were waiting. */
  release(id: number | 'all', ending: Exclude<Ending, 'gone'> = 'answer'): number {
    const waiting = this.#held.filter(
      ({ arrival }) => arrival.state === 'waiting' && (id === 'all' || arrival.id === id),
    );
    for (const { end } of waiting) end(ending);
    return waiting.length;
  }
}

/** The part of an arrival that tells what the call is about. */
export function aboutSubject(subject: Subject): Pick<Arrival, 'did' | 'tag' | 'recipients'> {
  return {
    did: subject.did ?? null,
    tag: subject.tag ?? null,
    recipients: subject.recipients,
  };
}

function fits(arrival: Arrival, filter: ArrivalFilter): boolean {
  return (
    (filter.did === undefined || arrival.did === filter.did) &&
    (filter.tag === undefined || arrival.tag === filter.tag) &&
    (filter.fault === undefined || arrival.fault === filter.fault) &&
    (filter.recipient === undefined || arrival.recipients.includes(filter.recipient))
  );
}
