import { instantOf, type Instant } from '../../../domain/instant.ts';

/** Where the stand-in reads the time from. */
export interface TimeSource {
  nowMs(): number;
}

/** A clock that runs with its source and can be set forward, so that weeks pass in a moment. */
export class MovableClock implements TimeSource {
  readonly #source: TimeSource;
  #aheadMs = 0;

  constructor(source: TimeSource = { nowMs: () => Date.now() }) {
    this.#source = source;
  }

  nowMs(): number {
    return this.#source.nowMs() + this.#aheadMs;
  }

  now(): Instant {
    return instantOf(this.nowMs());
  }

  advance(ms: number): void {
    this.#aheadMs += ms;
  }
}
