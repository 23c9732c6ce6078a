/** What the process tells its caller by its exit code. */
export const exitCodes = { done: 0, failed: 1, usage: 2, refused: 3, unreachable: 4 } as const;

/** How a command failed. */
export type FailureKind = Exclude<keyof typeof exitCodes, 'done'>;

/** A failure a person can act on: what, which, and what to do next; each further line stands on its own. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly kind: FailureKind;
  readonly lines: readonly string[];
  /** As programs read it. */
  readonly problem: unknown;

  constructor(
    kind: FailureKind,
    message: string,
    more: { readonly lines?: readonly string[]; readonly problem?: unknown } = {},
  ) {
    super(message);
    this.kind = kind;
    this.lines = more.lines ?? [];
    this.problem = more.problem ?? { code: kind.toUpperCase(), detail: message };
  }
}
