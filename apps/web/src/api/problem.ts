/** What the server says when it refuses or fails (RFC 9457). */
export interface ProblemReport {
  /** 0 = no answer at all. */
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly ProblemPlace[];
  /** Whatever else came with it, such as the difference of a stale plan. */
  readonly extra: Readonly<Record<string, unknown>>;
}

/** One place in what was sent, and what is wrong there. */
export interface ProblemPlace {
  readonly path: string;
  readonly message: string;
  readonly line?: number;
}

/** An answer that is not the one asked for. */
export class ProblemError extends Error {
  readonly report: ProblemReport;

  constructor(report: ProblemReport, options?: ErrorOptions) {
    super(report.detail, options);
    this.name = 'ProblemError';
    this.report = report;
  }
}

/** What a form answers when somebody saved another revision since it was opened: nothing is overwritten unseen. */
export function changedMeanwhile(newest: {
  readonly title: string;
  readonly savedBy: string;
}): ProblemError {
  const { title, savedBy } = newest;
  return new ProblemError({
    status: 409,
    code: 'CHANGED_MEANWHILE',
    title: 'Somebody was first',
    detail: `${savedBy} saved another revision of “${title}” since you opened it. Nothing was saved; close this, look at it, and change it again.`,
    errors: [],
    extra: {},
  });
}

/** Makes a report of any body: a proxy in between answers with HTML or with nothing. */
export function readProblem(body: unknown, status: number): ProblemReport {
  const fields = isRecord(body) ? body : {};
  return {
    status,
    code: textOf(fields['code']) ?? 'UNEXPECTED',
    title: textOf(fields['title']) ?? 'Something went wrong',
    detail: textOf(fields['detail']) ?? `The server answered with status ${status}.`,
    errors: Array.isArray(fields['errors']) ? fields['errors'].flatMap(placeOf) : [],
    extra: fields,
  };
}

/** The report behind any error that reached a screen. */
export function reportOf(error: unknown): ProblemReport {
  if (error instanceof ProblemError) return error.report;
  const detail = error instanceof Error ? error.message : String(error);
  return {
    status: 0,
    code: 'UNEXPECTED',
    title: 'Something went wrong',
    detail,
    errors: [],
    extra: {},
  };
}

function placeOf(value: unknown): readonly ProblemPlace[] {
  if (!isRecord(value)) return [];
  const line = value['line'];
  return [
    {
      path: textOf(value['path']) ?? textOf(value['heading']) ?? '',
      message: textOf(value['message']) ?? '',
      ...(typeof line === 'number' ? { line } : {}),
    },
  ];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
