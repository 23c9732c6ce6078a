import { useSyncExternalStore } from 'react';

const tickMs = 30_000;
let now = Date.now();

/** The time of day, moved on every half minute: “in 3 minutes” must not go stale on a wall. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(changed: () => void): () => void {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    changed();
  }, tickMs);
  return () => {
    clearInterval(timer);
  };
}
