/** A foreseen end: its message is all that is shown. */
export class StopError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.name = 'StopError';
    this.exitCode = exitCode;
  }
}
