import type { ServerResponse } from 'node:http';

/** A call that is being held, or was. */
export interface Arrival {
  readonly id: string;
  readonly faultId: string;
  readonly kind: string;
  readonly key: string;
  readonly client: string;
  readonly site: string;
  readonly at: string;
  /** `gone`: the caller ended the connection while it was held. */
  readonly state: 'held' | 'released' | 'gone';
}

/** Calls held until somebody releases them, so that a test can kill a process inside a call. */
export interface ArrivalBoard {
  /** Holds a call; answers whether the caller is still there when it goes on. */
  readonly hold: (
    call: Omit<Arrival, 'id' | 'at' | 'state'>,
    response: ServerResponse,
  ) => Promise<boolean>;
  readonly list: () => readonly Arrival[];
  /** Answers with all arrivals as soon as there are that many, or when the time is over. */
  readonly waitFor: (count: number, timeoutMs: number) => Promise<readonly Arrival[]>;
  /** Lets one held call go on, or all of them; answers how many. */
  readonly release: (id?: string) => number;
}

interface Held {
  arrival: Arrival;
  readonly resume: (stillThere: boolean) => void;
}

/** An empty board. */
export function createArrivalBoard(): ArrivalBoard {
  const held: Held[] = [];
  const waiting = new Set<() => void>();
  const list = (): readonly Arrival[] => held.map((each) => each.arrival);

  function end(each: Held, state: 'released' | 'gone'): void {
    if (each.arrival.state !== 'held') return;
    each.arrival = { ...each.arrival, state };
    each.resume(state === 'released');
  }

  return {
    hold: (call, response) =>
      new Promise((resume) => {
        const id = `arrival-${held.length + 1}`;
        const at = new Date().toISOString();
        const each: Held = { arrival: { ...call, id, at, state: 'held' }, resume };
        held.push(each);
        response.once('close', () => {
          end(each, 'gone');
        });
        for (const look of waiting) look();
      }),
    list,
    waitFor: (count, timeoutMs) =>
      new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve(list());
        };
        const look = (): void => {
          if (held.length >= count) finish();
        };
        const timer = setTimeout(finish, timeoutMs);
        waiting.add(look);
        look();
      }),
    release: (id) => {
      const chosen = held.filter(
        ({ arrival }) => arrival.state === 'held' && (id === undefined || arrival.id === id),
      );
      for (const each of chosen) end(each, 'released');
      return chosen.length;
    },
  };
}
