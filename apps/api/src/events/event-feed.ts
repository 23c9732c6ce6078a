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
  let isClosed = false;
  let position: number | null = null;
  let reading: Promise<void> | null = null;
  let again = false;
  let stopListening: (() => void) | null = null;

  async function readOn(): Promise<void> {
    position ??= await readNewestPosition(pool);
    for (;;) {
      const events = await readEventsAfter(pool, position, batchSize);
      const last = events.at(-1);
      if (last === undefined) return;
      position = last.position;
      for (const listener of listeners) listener(events);
    }
  }

  function look(): void {
    if (isClosed) return;
    if (reading !== null) {
      again = true;
      return;
    }
    reading = readOn()
      .catch(() => undefined)
      .finally(() => {
        reading = null;
        if (!again) return;
        again = false;
        look();
      });
  }

  async function follow(): Promise<void> {
    while (!isClosed) {
      await listenOnce().catch(() => undefined);
      if (!isClosed) await new Promise((resolve) => setTimeout(resolve, reconnectMs).unref());
    }
  }

  async function listenOnce(): Promise<void> {
    const connection = await pool.connect();
    const ended = new Promise<void>((resolve) => {
      stopListening = resolve;
      connection.onEnd(resolve);
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

  const timer = setInterval(look, lookAnywayMs).unref();
  const following = follow();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      stopListening?.();
      await following;
      await reading;
    },
  };
}
