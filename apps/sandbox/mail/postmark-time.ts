const eastern = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'longOffset',
});

/** US Eastern with seven fraction digits and its offset, as send replies and searches write it. */
export function easternTime(epochMs: number): string {
  const part = easternParts(epochMs);
  return `${part.local}.${sevenDigits(epochMs)}${part.offset}`;
}

/** US Eastern without a fraction, as suppression dumps write it. */
export function easternTimeToTheSecond(epochMs: number): string {
  const part = easternParts(epochMs);
  return `${part.local}${part.offset}`;
}

/** UTC with seven fraction digits, as webhooks write it. */
export function zuluTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}.${sevenDigits(epochMs)}Z`;
}

/**
 * Reads a search date, which is US Eastern: `2026-11-25`, or `2026-11-25T16:30:00`.
 * Both ends are inclusive, so the end of a date is its last millisecond. Undefined = not readable.
 */
export function parseSearchDate(text: string, end: 'from' | 'to'): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, date = '', time] = match;
  const local = Date.parse(`${date}T${time ?? (end === 'from' ? '00:00:00' : '23:59:59')}Z`);
  if (Number.isNaN(local)) return undefined;
  const guess = local - offsetMsAt(local);
  const epochMs = local - offsetMsAt(guess);
  return end === 'to' ? epochMs + 999 : epochMs;
}

function easternParts(epochMs: number): { readonly local: string; readonly offset: string } {
  const found = Object.fromEntries(
    eastern.formatToParts(epochMs).map(({ type, value }) => [type, value]),
  );
  const take = (name: string) => found[name] ?? '';
  return {
    local: `${take('year')}-${take('month')}-${take('day')}T${take('hour')}:${take('minute')}:${take('second')}`,
    offset: take('timeZoneName').replace('GMT', '') || '+00:00',
  };
}

function offsetMsAt(epochMs: number): number {
  const { offset } = easternParts(epochMs);
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Milliseconds are all we have; the last digits differ per instant, as the real ones do. */
function sevenDigits(epochMs: number): string {
  const milliseconds = String(Math.floor(epochMs) % 1000).padStart(3, '0');
  return `${milliseconds}${String((Math.floor(epochMs) * 7919) % 10_000).padStart(4, '0')}`;
}
