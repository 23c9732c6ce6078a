/** An instant in UTC, always written `YYYY-MM-DDTHH:MM:SS.SSSZ`, so text order is time order. */
export type Instant = string & { readonly __brand: 'Instant' };

/** A calendar date without a zone, `YYYY-MM-DD`. */
export type LocalDate = string & { readonly __brand: 'LocalDate' };

/** The instant that lies the given number of milliseconds after the Unix epoch. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant;
}

/**
 * Reads any ISO 8601 date-time with `Z` or an offset.
 * @throws RangeError naming the text when it is no instant.
 */
export function parseInstant(text: string): Instant {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) {
    throw new RangeError(`"${text}" is no instant; write 2026-11-25T20:00:00Z`);
  }
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs)) throw new RangeError(`"${text}" is no instant on any calendar`);
  return instantOf(epochMs);
}

/** Milliseconds since the Unix epoch. */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** The instant that many milliseconds later (earlier when negative). */
export function plusMs(instant: Instant, ms: number): Instant {
  return instantOf(epochMsOf(instant) + ms);
}

/** The later of the given instants. */
export function latestOf(first: Instant, ...others: readonly Instant[]): Instant {
  return others.reduce((latest, each) => (each > latest ? each : latest), first);
}

/** The earlier of the given instants. */
export function earliestOf(first: Instant, ...others: readonly Instant[]): Instant {
  return others.reduce((earliest, each) => (each < earliest ? each : earliest), first);
}
