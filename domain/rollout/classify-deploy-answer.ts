/** What our side of the wire saw of one request to a deployer. */
export interface DeployAttemptRecord {
  /** HTTP status; null when the head of an answer never arrived. */
  readonly status: number | null;
  readonly retryAfterMs: number | null;
  /** Code of the failure below HTTP, such as `ECONNREFUSED` or `TimeoutError`. */
  readonly causeCode: string | null;
  /** False when certainly no byte of the request was written. */
  readonly written: boolean;
  /** The answer's text, null unless it was read to its end. */
  readonly body: string | null;
}

/** What one dispatch came to. It speaks for this attempt only: an earlier unknown one stays unknown. */
export type DeployAnswer =
  | {
      readonly kind: 'succeeded';
      readonly operationId: string | null;
      readonly detail: string | null;
    }
  | { readonly kind: 'failed'; readonly operationId: string | null; readonly detail: string | null }
  /** Works on it; ask later. */
  | { readonly kind: 'accepted'; readonly operationId: string; readonly statusUrl: string | null }
  /** The same key is already being worked on: look it up by key. */
  | { readonly kind: 'running-elsewhere' }
  /** Nothing started, and asking again will not help: a person must look. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The endpoint was withdrawn: no further request to this deployer. */
  | { readonly kind: 'disable'; readonly reason: string }
  /** Same key with another payload, or an invalid one: our bug. */
  | { readonly kind: 'mismatch'; readonly reason: string }
  | { readonly kind: 'back-off'; readonly retryAfterMs: number | null }
  /** Certainly nothing left this machine; `PERMIT_LAPSED` when the permit ended while connecting. */
  | { readonly kind: 'not-started'; readonly cause: string }
  /** May or may not have started. */
  | { readonly kind: 'unknown'; readonly cause: string }
  /** A person does it and says so. */
  | { readonly kind: 'waits-for-person' };

/** Cause of `not-started` when the dispatch permit was no longer valid once connected. */
export const permitLapsed = 'PERMIT_LAPSED';

/** What a question about a dispatched operation came to. Only the first four change anything. */
export type DeployLookUp =
  | {
      readonly kind: 'succeeded';
      readonly operationId: string | null;
      readonly detail: string | null;
    }
  | { readonly kind: 'failed'; readonly operationId: string | null; readonly detail: string | null }
  | { readonly kind: 'running'; readonly operationId: string | null }
  /** The deployer answers that it never heard of the key: nothing started. */
  | { readonly kind: 'absent' }
  /** The deployer no longer knows an operation it had accepted: unknown, not failed. */
  | { readonly kind: 'lost' }
  /** The question failed; the operation's state is as before. */
  | { readonly kind: 'no-answer'; readonly cause: string; readonly retryAfterMs: number | null }
  /** This deployer cannot be asked. */
  | { readonly kind: 'not-supported' };

/**
 * Failures that happen before a request can be written: by the network, and by our own guard.
 * A closed list: a code is added only together with a test that reproduces it.
 */
export const notStartedCauses: readonly string[] = [
  permitLapsed,
  'BLOCKED_BY_GUARD',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
];

/** Says what one dispatch came to. Total: whatever is not listed may have started. */
export function classifyDeployAnswer(record: DeployAttemptRecord): DeployAnswer {
  const { status } = record;
  if (status === null) return withoutAnswer(record);
  const classify = byStatus[status];
  if (classify) return classify(record);
  return status >= 300 && status < 400 ? redirected(status) : unknownAnswer(record);
}

const refused = (record: DeployAttemptRecord): DeployAnswer => ({
  kind: 'refused',
  reason: reasonOf(record),
});

const byStatus: Readonly<Record<number, (record: DeployAttemptRecord) => DeployAnswer>> = {
  200: ofFinished,
  202: ofAccepted,
  400: refused,
  401: refused,
  403: refused,
  404: refused,
  409: () => ({ kind: 'running-elsewhere' }),
  410: (record) => ({ kind: 'disable', reason: reasonOf(record) }),
  422: (record) => ({ kind: 'mismatch', reason: reasonOf(record) }),
  429: ({ retryAfterMs }) => ({ kind: 'back-off', retryAfterMs }),
};

function redirected(status: number): DeployAnswer {
  const reason = `HTTP ${status}: redirects are not followed; set the address it leads to`;
  return { kind: 'refused', reason };
}

function unknownAnswer(record: DeployAttemptRecord): DeployAnswer {
  return { kind: 'unknown', cause: reasonOf(record) };
}

/** Says what a question about an operation came to; `accepted` when the deployer had taken it on before. */
export function classifyDeployLookUp(
  record: DeployAttemptRecord,
  asked: { readonly key: string; readonly accepted: boolean },
): DeployLookUp {
  const body = objectIn(record.body);
  if (record.status === 404 && asked.accepted) return { kind: 'lost' };
  // A page of some proxy is no definite word that nothing started.
  if (record.status === 404 && body !== null) return { kind: 'absent' };
  const problem = problemOfLookUp(record, body, asked.key);
  if (problem !== null || body === null) {
    return { kind: 'no-answer', cause: problem ?? '', retryAfterMs: record.retryAfterMs };
  }
  return stateIn(body);
}

function problemOfLookUp(
  record: DeployAttemptRecord,
  body: Readonly<Record<string, unknown>> | null,
  key: string,
): string | null {
  if (record.status !== 200) return reasonOf(record);
  if (body === null) return 'HTTP 200 without a JSON object';
  if (body['key'] !== undefined && body['key'] !== key) return 'the answer is about another key';
  return operationStates.includes(body['status']) ? null : 'HTTP 200 without a known status';
}

const operationStates: readonly unknown[] = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
];

function stateIn(body: Readonly<Record<string, unknown>>): DeployLookUp {
  const operationId = idIn(body);
  switch (body['status']) {
    case 'succeeded':
      return { kind: 'succeeded', operationId, detail: detailOf(body) };
    case 'failed':
      return { kind: 'failed', operationId, detail: detailOf(body) };
    case 'cancelled':
      return { kind: 'failed', operationId, detail: detailOf(body) ?? 'cancelled at the deployer' };
    default:
      return { kind: 'running', operationId };
  }
}

function withoutAnswer({ causeCode, written }: DeployAttemptRecord): DeployAnswer {
  if (!written && causeCode !== null && notStartedCauses.includes(causeCode)) {
    return { kind: 'not-started', cause: causeCode };
  }
  return { kind: 'unknown', cause: `no answer: ${causeCode ?? 'no reason known'}` };
}

function ofFinished(record: DeployAttemptRecord): DeployAnswer {
  const body = objectIn(record.body);
  const status = body?.['status'];
  if (body === null || (status !== 'succeeded' && status !== 'failed')) {
    return contractBroken(record);
  }
  return { kind: status, operationId: idIn(body), detail: detailOf(body) };
}

function ofAccepted(record: DeployAttemptRecord): DeployAnswer {
  const body = objectIn(record.body);
  const operationId = body && idIn(body);
  if (operationId === null) return contractBroken(record);
  const statusUrl = body?.['statusUrl'];
  return {
    kind: 'accepted',
    operationId,
    statusUrl: typeof statusUrl === 'string' ? statusUrl : null,
  };
}

function contractBroken(record: DeployAttemptRecord): DeployAnswer {
  const lacking = record.status === 202 ? 'an operationId' : 'status "succeeded" or "failed"';
  return { kind: 'unknown', cause: `${reasonOf(record)} (expected JSON with ${lacking})` };
}

/** The status and, where there is one, the deployer's own word on it; never more than a few lines. */
function reasonOf(record: DeployAttemptRecord): string {
  const head = record.status === null ? 'no answer' : `HTTP ${record.status}`;
  const body = objectIn(record.body);
  const said = body ? detailOf(body) : record.causeCode;
  return said === null ? head : `${head}: ${said}`;
}

function detailOf(body: Readonly<Record<string, unknown>>): string | null {
  const said = [body['detail'], body['message'], body['title']].find(
    (each) => typeof each === 'string' && each !== '',
  );
  return typeof said === 'string' ? said.slice(0, 2000).replace(/\p{Cc}+/gu, ' ') : null;
}

function idIn(body: Readonly<Record<string, unknown>>): string | null {
  const id = body['operationId'];
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && /^[^\p{Cc}]{1,200}$/u.test(id) ? id : null;
}

function objectIn(text: string | null): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
