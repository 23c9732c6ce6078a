import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../display/message-of.ts';
import type { Progress } from '../display/progress.ts';
import { isRunning } from '../processes/process-table.ts';
import type { Part } from './part.ts';

const lookEveryMs = 500;
const shortestPauseMs = 500;
const longestPauseMs = 30_000;
/** A process that lived this long is not taken for one that keeps failing. */
const steadyAfterMs = 60_000;

interface Charge {
  readonly part: Part;
  pid: number | null;
  failures: number;
  startedAt: number;
}

/** Keeps processes running until it is told to stop. */
export class Supervisor {
  readonly #progress: Progress;
  readonly #charges: Charge[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();
  #isWatching = false;
  #stopped: Promise<void> | null = null;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  /** Adopts or starts the parts of one call at the same time, and looks after them from then on. */
  async start(parts: readonly Part[]): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const charges = parts.map((part): Charge => ({ part, pid: null, failures: 0, startedAt: 0 }));
    this.#charges.push(...charges);
    const outcomes = await this.#follow(
      Promise.allSettled(charges.map((charge) => this.#take(charge))),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    if (!this.#isWatching) void this.#follow(this.#watch());
    this.#isWatching = true;
  }

  /** Stops the parts, the last one first. Safe to call twice, also during a start. */
  async stop(): Promise<void> {
    await (this.#stopped ??= this.#stopAll());
  }

  async #take(charge: Charge): Promise<void> {
    const { part } = charge;
    const adopted = await part.adopt();
    if (adopted === null && this.#stopping.signal.aborted) return;
    const say = (text: string): void => {
      this.#progress.show(part.name, text);
    };
    if (adopted === null) say('starting');
    try {
      charge.pid = adopted ?? (await part.start({ say, signal: this.#stopping.signal }));
    } catch (error) {
      this.#progress.settle(part.name, 'could not be started');
      throw error;
    }
    charge.startedAt = performance.now();
    this.#progress.settle(part.name, adopted === null ? 'running' : 'was running, taken over');
  }

  async #watch(): Promise<void> {
    while (await this.#waits(lookEveryMs)) {
      for (const charge of this.#charges) {
        if (charge.pid !== null && !isRunning(charge.pid)) void this.#follow(this.#revive(charge));
      }
    }
  }

  async #revive(charge: Charge): Promise<void> {
    const { part } = charge;
    charge.pid = null;
    if (performance.now() - charge.startedAt > steadyAfterMs) charge.failures = 0;
    this.#progress.say(`${part.name} ended; starting it again`);
    while (await this.#waits(Math.min(shortestPauseMs * 2 ** charge.failures, longestPauseMs))) {
      charge.failures += 1;
      try {
        const attempt = { say: () => undefined, signal: this.#stopping.signal };
        charge.pid = await part.start(attempt);
        charge.startedAt = performance.now();
        this.#progress.say(`${part.name} runs again`);
        return;
      } catch (error) {
        this.#progress.say(`${part.name} could not be started: ${messageOf(error)}`);
      }
    }
  }

  async #stopAll(): Promise<void> {
    this.#stopping.abort();
    // A start that is under way must come to its end, or its process would be left behind.
    while (this.#underWay.size > 0) await Promise.allSettled([...this.#underWay]);
    for (const { part, pid } of this.#charges.toReversed()) {
      if (pid === null) continue;
      this.#progress.show(part.name, 'stopping');
      await part.stop(pid);
      this.#progress.settle(part.name, 'stopped');
    }
  }

  /** False when the wait was cut short because everything stops. */
  async #waits(ms: number): Promise<boolean> {
    const { signal } = this.#stopping;
    await pause(ms, undefined, { signal }).catch(() => undefined);
    return !signal.aborted;
  }

  async #follow<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay.add(work);
    try {
      return await work;
    } finally {
      this.#underWay.delete(work);
    }
  }
}
