/** A question about calendars that has no answer; the caller must change something. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
  /** Stable, for programs: `unknown-zone`, `client-zone-missing`, … */
  readonly code: string;
  /** The field, or the path in the document, that is wrong. */
  readonly at: string | undefined;

  constructor(code: string, message: string, at?: string) {
    super(message);
    this.code = code;
    this.at = at;
  }
}
