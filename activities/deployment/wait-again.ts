import { epochMsOf, type Instant } from '../../domain/instant.ts';
import type { ClientStep } from '../../workflows/contract/steps.ts';
import type { DeploySettings } from './deploy-dependencies.ts';

/** What came of one round with the outside: the story goes on, or the same question is put again later. */
export type Round =
  | { readonly kind: 'step'; readonly step: ClientStep }
  | { readonly kind: 'again'; readonly why: string; readonly delayMs: number };

/** How long to wait before asking again. */
export interface Waiting {
  readonly since: Instant;
  readonly now: Instant;
  /** Nothing is asked later than this; null = no such time. */
  readonly deadline: Instant | null;
  /** What the other side asked for. */
  readonly retryAfterMs?: number | null;
}

/**
 * Half of the time waited so far, between the shortest and the longest pause, give or take a fifth: short at first,
 * growing, and never in step with the others. Needs no count of attempts, so a restart changes nothing.
 */
export function nextDelayMs(settings: DeploySettings, waiting: Waiting): number {
  const waitedMs = epochMsOf(waiting.now) - epochMsOf(waiting.since);
  const grown = Math.min(Math.max(waitedMs / 2, settings.pollMinMs), settings.pollMaxMs);
  const delayMs = Math.max(grown * (0.8 + 0.4 * Math.random()), waiting.retryAfterMs ?? 0);
  if (waiting.deadline === null) return delayMs;
  const leftMs = epochMsOf(waiting.deadline) - epochMsOf(waiting.now);
  return leftMs > 0 ? Math.min(delayMs, leftMs + 1) : settings.pollMinMs;
}
