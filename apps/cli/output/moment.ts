/** An instant as a person at a terminal reads it: UTC to the minute, `—` when there is none. */
export function moment(instant: string | null): string {
  return instant === null ? '—' : `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** A wall-clock time at the client, with its zone. */
export function localMoment(local: string | null, zone: string): string {
  return local === null ? '—' : `${local.slice(0, 10)} ${local.slice(11, 16)} ${zone}`;
}
