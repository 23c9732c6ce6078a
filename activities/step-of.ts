import { epochMsOf, type Instant } from '../domain/instant.ts';
import type { Step } from '../workflows/contract/steps.ts';

/** What the rules answer, whichever loop asks. */
type Next<Act extends string> =
  | { readonly kind: 'act'; readonly act: Act; readonly because: string }
  | {
      readonly kind: 'wait';
      readonly until: Instant | null;
      readonly then: Act;
      readonly because: string;
    }
  | { readonly kind: 'end'; readonly because: string };

const shortestRepeatMs = 5_000;
const longestSummary = 200;

/**
 * The rules' answer as a loop understands it. A wait is measured on the clock that decided; one whose time has come
 * although nothing changed is asked again in five seconds and a bit, so that no loop spins.
 */
export function stepOf<Act extends string>(next: Next<Act>, now: Instant): Step<Act> {
  const summary = next.because.slice(0, longestSummary);
  switch (next.kind) {
    case 'act':
      return { kind: 'act', act: next.act, summary };
    case 'wait':
      return { kind: 'wait', sleepMs: sleepUntil(next.until, now), then: next.then, summary };
    case 'end':
      return { kind: 'end', summary };
  }
}

function sleepUntil(until: Instant | null, now: Instant): number | null {
  if (until === null) return null;
  const ms = epochMsOf(until) - epochMsOf(now);
  return ms > 0 ? ms : shortestRepeatMs + Math.floor(Math.random() * 1_000);
}
