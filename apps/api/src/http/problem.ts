/** One thing that is wrong in what was sent, and where. */
export interface ProblemDetail {
  readonly path: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  readonly heading?: string;
}

/** A refusal on its way to the caller: what, which, and what to do next. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    detail: string,
    more: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

/** Nothing of that name is here. */
export function notFound(what: string): Problem {
  return new Problem(404, 'NOT_FOUND', `There is no ${what}`);
}

/** What was sent does not fit the contract. */
export function invalidRequest(errors: readonly ProblemDetail[]): Problem {
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  const detail = first
    ? `${first.path || 'the request'}: ${first.message}${more}`
    : 'The request is not valid';
  return new Problem(400, 'INVALID_REQUEST', detail, { errors });
}
