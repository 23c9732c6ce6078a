import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** One HiGHS for many models, one after the other. */
export interface HighsDesk {
  /** The value of the optimum, null when it was not proven in time. */
  readonly solve: (text: string) => Promise<number | null>;
  readonly close: () => Promise<void>;
}

/** HiGHS in a thread of its own, for all its models together no longer than that many seconds. */
export function openHighs(seconds: number): HighsDesk {
  const worker = new Worker(new URL('highs-worker.ts', import.meta.url));
  const until = performance.now() + seconds * 1_000;
  let isOver = false;
  // HiGHS looks at its own limit only now and then, so the thread is ended from outside as well.
  const end = setTimeout(() => {
    isOver = true;
    void worker.terminate();
  }, seconds * 1_000);
  const ended = once(worker, 'exit');
  return {
    solve: async (text) => {
      if (isOver) return null;
      const answered = once(worker, 'message') as Promise<readonly (number | null)[]>;
      worker.postMessage({ text, seconds: Math.max(0.1, (until - performance.now()) / 1_000) });
      const answer = await Promise.race([answered, ended.then(() => [null])]);
      return answer[0] ?? null;
    },
    close: async () => {
      clearTimeout(end);
      await worker.terminate();
    },
  };
}
