import { setTimeout as pause } from 'node:timers/promises';
import type { Pool } from '../../../../database/pool.ts';
import {
  readEventsAfter,
  readNewestPosition,
  type StreamEvent,
} from '../../../../database/read-models/story.read-model.ts';
import { eventsChannel } from '../../../../database/stores/event.store.ts';

/** Whoever wants to hear of new events. */
export type Listener = (events: readonly StreamEvent[]) => void;

/** Reads committed events once for all open streams of this process. */
export interface EventFeed {
  /** Hears of every event after the newest one of this moment; answers how to stop. */
  readonly listen: (listener: Listener) => () => void;
  readonly close: () => Promise<void>;
}

const batchSize = 500;
/** A notice may be lost with its connection; looking anyway finds what it said. */
const lookAnywayMs = 5_000;
const reconnectMs = 1_000;

/** Opens the feed: one connection listens, one reader follows the positions, however many streams there are. */
export function openEventFeed(pool: Pool): EventFeed {
  const listeners = new Set<Listener>();
  const reader = openReader(pool, (events) => {
    for (const listener of listeners) listener(events);
  });
  const ear = openEar(pool, reader.look);
  const timer = setInterval(reader.look, lookAnywayMs).unref();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      clearInterval(timer);
      await ear.close();
      await reader.close();
    },
  };
}

/** Follows the positions, one reading at a time; what is asked for meanwhile is read right after. */
function openReader(pool: Pool, tell: Listener) {
  let position: number | null = null;
  let reading: Promise<void> | null = null;
  let isAskedAgain = false;
  let isClosed = false;

  async function readOn(): Promise<void> {
    position ??= await readNewestPosition(pool);
    for (;;) {
      const events = await readEventsAfter(pool, position, batchSize);
      const last = events.at(-1);
      if (last === undefined) return;
      position = last.position;
      tell(events);
    }
  }

  function look(): void {
    if (isClosed) return;
    if (reading !== null) {
      isAskedAgain = true;
      return;
    }
    // What could not be read is read at the next look.
    reading = readOn()
      .catch(() => undefined)
      .finally(() => {
        reading = null;
        if (!isAskedAgain) return;
        isAskedAgain = false;
        look();
      });
  }

  return {
    look,
    close: async () => {
      isClosed = true;
      await reading;
    },
  };
}

/** Listens for new events; a connection that breaks is replaced. */
function openEar(pool: Pool, look: () => void) {
  const closing = new AbortController();

  async function listenOnce(): Promise<void> {
    const connection = await pool.connect();
    const ended = new Promise<void>((resolve) => {
      connection.onEnd(resolve);
      closing.signal.addEventListener('abort', () => {
        resolve();
      });
    });
    try {
      await connection.onNotice(eventsChannel, look);
      look();
      await ended;
    } finally {
      // It listens for ever, so nobody else may get it.
      connection.release(true);
    }
  }

  async function follow(): Promise<void> {
    while (!closing.signal.aborted) {
      await listenOnce().catch(() => undefined);
      const { signal } = closing;
      await pause(reconnectMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  const following = follow();
  return {
    close: async () => {
      closing.abort();
      await following;
    },
  };
}
