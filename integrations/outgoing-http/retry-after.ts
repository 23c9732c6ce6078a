const longestMs = 24 * 60 * 60 * 1000;

/** Milliseconds a `Retry-After` header asks for, seconds or HTTP date; null when it says nothing usable. */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | null {
  if (header === null || header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, longestMs);
  if (!text.endsWith('GMT')) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.min(Math.max(0, at - nowMs), longestMs);
}
