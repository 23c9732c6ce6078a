import type { TimeSource } from './movable-clock.ts';

interface Due {
  readonly atMs: number;
  readonly act: () => Promise<void>;
}

/** Somebody may set the clock forward at any time, so a long wait looks again this often. */
const lookAgainMs = 100;

/** Does things at their time on a clock that may jump. */
export class Schedule {
  readonly #clock: TimeSource;
  readonly #running = new Set<Promise<void>>();
  #waiting: Due[] = [];
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(clock: TimeSource) {
    this.#clock = clock;
  }

  at(atMs: number, act: () => Promise<void>): void {
    if (this.#closed) return;
    this.#waiting.push({ atMs, act });
    this.#arm();
  }

  /** Starts everything that is due now; things of one instant start in the order they were planned. */
  runDue(): void {
    const nowMs = this.#clock.nowMs();
    const due = this.#waiting.filter(({ atMs }) => atMs <= nowMs).sort((a, b) => a.atMs - b.atMs);
    this.#waiting = this.#waiting.filter(({ atMs }) => atMs > nowMs);
    for (const { act } of due) this.#start(act);
    this.#arm();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#waiting = [];
    await Promise.allSettled(this.#running);
  }

  #start(act: () => Promise<void>): void {
    const run = act().finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  #arm(): void {
    clearTimeout(this.#timer);
    if (this.#closed || this.#waiting.length === 0) return;
    const nextMs = Math.min(...this.#waiting.map(({ atMs }) => atMs)) - this.#clock.nowMs();
    this.#timer = setTimeout(
      () => {
        this.runDue();
      },
      Math.max(0, Math.min(nextMs, lookAgainMs)),
    );
  }
}
