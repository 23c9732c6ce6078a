/** What our side of the wire saw of one attempt to hand over a mail. */
export interface MailAttemptRecord {
  /** HTTP status; null when the head of an answer never arrived. */
  readonly status: number | null;
  readonly contentType: string | null;
  /** The provider's wish to be left alone, already counted from the moment of the answer. */
  readonly retryAfterMs: number | null;
  /** Code of the failure below HTTP, such as `ECONNREFUSED` or `TimeoutError`. */
  readonly causeCode: string | null;
  readonly stage: MailAttemptStage;
  /** The answer's text, null unless it was read to its end. */
  readonly body: string | null;
}

/** How far an answer got: nothing of it, its head, or all of it. */
export type MailAttemptStage = 'no-answer' | 'head' | 'complete';

/** Where one attempt ended. Whatever is not certain is `unknown`: the mail may have left. */
export type MailOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'suppressed'; readonly messageId: string | null; readonly message: string }
  | { readonly kind: 'rejected'; readonly code: number; readonly message: string }
  | {
      readonly kind: 'not-sent';
      readonly cause: string;
      /** The cause is ours and hits every mail of this sender: stop it and tell operations. */
      readonly pauseSender: boolean;
      readonly retryAfterMs?: number;
    }
  /** `alarm` marks an answer that is not the provider's protocol: somebody else may be answering. */
  | { readonly kind: 'unknown'; readonly cause: string; readonly alarm: boolean };

/** How readings of the provider that its publications leave open are taken. */
export interface MailReadings {
  /** A 403 with HTML comes from the network in front of the provider. */
  readonly html403: 'not-sent' | 'unknown';
}

/**
 * Failures that happen before a request can be written. A closed list: a code is added only together
 * with a test that reproduces it.
 */
export const notSentCauses: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
];

/** Says where an attempt ended. Total: whatever is not listed may have left. */
export function classifyMailOutcome(
  record: MailAttemptRecord,
  readings: MailReadings = { html403: 'not-sent' },
): MailOutcome {
  if (record.status === null) return withoutAnswer(record);
  if (record.stage !== 'complete' || record.body === null) {
    return unknown(
      `the answer (HTTP ${record.status}) broke off: ${record.causeCode ?? 'no reason known'}`,
    );
  }
  const classify = byStatus[record.status];
  // Any other 2xx, and a redirect, come from somebody who is not the provider.
  if (!classify) return unknown(`HTTP ${record.status}`, record.status < 400);
  return classify({ record, answer: readAnswer(record.body), readings });
}

interface FullAnswer {
  readonly record: MailAttemptRecord;
  /** Null when the body is not the provider's JSON. */
  readonly answer: Answer | null;
  readonly readings: MailReadings;
}

const byStatus: Readonly<Record<number, (full: FullAnswer) => MailOutcome>> = {
  200: ({ answer }) => ofSuccess(answer),
  400: ({ answer }) => rejected(400, answer),
  401: ({ answer }) => ourFault(401, answer),
  403: ({ record, readings }) => ofForbidden(record, readings),
  404: ({ answer }) => ourFault(404, answer),
  413: ({ answer }) => rejected(413, answer),
  415: ({ answer }) => ourFault(415, answer),
  422: ({ answer }) => ofUnprocessable(answer),
  429: ({ record }) => rateLimited(record.retryAfterMs),
};

/** The provider's answer as far as it has the provider's shape. */
interface Answer {
  readonly errorCode: number | null;
  readonly message: string;
  readonly messageId: string | null;
}

/** With one recipient per mail, "some are inactive" means that ours is. */
const partlyInactive = /these inactive addresses: (.+?)\.?$/;
const testAnswer = 'Test job accepted';
const senderMayNot = [405, 412, 413, 1235, 1236, 1238, 1480];

function withoutAnswer({ stage, causeCode }: MailAttemptRecord): MailOutcome {
  if (stage === 'no-answer' && causeCode !== null && notSentCauses.includes(causeCode)) {
    return { kind: 'not-sent', cause: causeCode, pauseSender: false };
  }
  return unknown(`no answer: ${causeCode ?? 'no reason known'}`);
}

function ofSuccess(answer: Answer | null): MailOutcome {
  if (answer?.errorCode !== 0) return unknown('HTTP 200 without the usual body', true);
  if (partlyInactive.test(answer.message)) {
    return { kind: 'suppressed', messageId: answer.messageId, message: answer.message };
  }
  if (answer.message.includes(testAnswer)) return unknown('the server token is a test token', true);
  if (answer.messageId === null) return unknown('HTTP 200 without a message id', true);
  return { kind: 'accepted', messageId: answer.messageId };
}

function ofForbidden(record: MailAttemptRecord, readings: MailReadings): MailOutcome {
  const isHtml = /^text\/html\b/i.test(record.contentType ?? '');
  return isHtml && readings.html403 === 'not-sent' ? ourFault(403, null) : unknown('HTTP 403');
}

function ofUnprocessable(answer: Answer | null): MailOutcome {
  if (answer === null) return unknown('HTTP 422 without the usual body');
  if (answer.errorCode === 406) {
    return { kind: 'suppressed', messageId: answer.messageId, message: answer.message };
  }
  if (answer.errorCode !== null && senderMayNot.includes(answer.errorCode)) {
    return ourFault(422, answer);
  }
  return rejected(422, answer);
}

function ourFault(status: number, answer: Answer | null): MailOutcome {
  const code = answer?.errorCode ?? null;
  const cause =
    code === null ? `HTTP ${status}` : `HTTP ${status}, code ${code}: ${answer?.message ?? ''}`;
  return { kind: 'not-sent', cause, pauseSender: true };
}

function rateLimited(retryAfterMs: number | null): MailOutcome {
  const refused = { kind: 'not-sent', cause: 'HTTP 429', pauseSender: false } as const;
  return retryAfterMs === null ? refused : { ...refused, retryAfterMs };
}

function rejected(status: number, answer: Answer | null): MailOutcome {
  return {
    kind: 'rejected',
    code: answer?.errorCode ?? 0,
    message: answer?.message ?? `HTTP ${status}`,
  };
}

function unknown(cause: string, alarm = false): MailOutcome {
  return { kind: 'unknown', cause, alarm };
}

function readAnswer(body: string): Answer | null {
  const parsed = parseJson(body);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const { ErrorCode, Message, MessageID } = parsed as Readonly<Record<string, unknown>>;
  return {
    errorCode: typeof ErrorCode === 'number' ? ErrorCode : null,
    message: typeof Message === 'string' ? Message.slice(0, 2000).replace(/\p{Cc}+/gu, ' ') : '',
    messageId: typeof MessageID === 'string' && MessageID !== '' ? MessageID : null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
