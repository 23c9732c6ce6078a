/** One process of the installation as the supervisor handles it. */
export interface Part {
  readonly name: string;
  /** The process that already does this part's work for this data folder; null when there is none. */
  readonly adopt: () => Promise<number | null>;
  /** Starts the process and waits until it is of use. Answers with its id. */
  readonly start: (attempt: StartAttempt) => Promise<number>;
  /** Asks the process to end, and waits for it. */
  readonly stop: (pid: number) => Promise<void>;
}

/** What goes with one start of a part. */
export interface StartAttempt {
  readonly say: (text: string) => void;
  /** Aborted when everything is to stop: whoever waits gives up and leaves no process behind. */
  readonly signal: AbortSignal;
}

/** A start that cannot succeed by trying again; its message says what to do. */
export class StartProblem extends Error {
  override readonly name = 'StartProblem';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
