import { type Agent, fetch, type RequestInit } from 'undici';
import type {
  MailAttemptRecord,
  MailAttemptStage,
} from '../../domain/communication/classify-mail-outcome.ts';
import { failureCode } from '../outgoing-http/failure-code.ts';
import { retryAfterMs } from '../outgoing-http/retry-after.ts';

/** The shape of `fetch` as the provider's client calls it. */
export type ClientFetch = (url: string | URL, init?: globalThis.RequestInit) => Promise<Response>;

/** A `fetch` for one call, and what it saw. */
export interface RecordingFetch {
  readonly fetch: ClientFetch;
  readonly record: () => MailAttemptRecord;
}

const statusesWithoutBody = [204, 205, 304];

/**
 * The provider's client hides status, headers and causes, follows redirects and may repeat a POST at
 * their target. This `fetch` keeps what was seen, follows nothing, and reads the answer to its end
 * before it hands it on.
 */
export function recordingFetch(agent: Agent, nowMs: () => number): RecordingFetch {
  let seen: MailAttemptRecord = nothingSeen('no-answer');
  const recorded: ClientFetch = async (url, init) => {
    try {
      // The same type twice: once as Node carries it, once as the package declares it.
      const wish = init as unknown as RequestInit | undefined;
      const answer = await fetch(url, { ...wish, redirect: 'manual', dispatcher: agent });
      seen = {
        ...nothingSeen('head'),
        status: answer.status,
        contentType: answer.headers.get('content-type'),
        retryAfterMs: retryAfterMs(answer.headers.get('retry-after'), nowMs()),
      };
      const body = await answer.text();
      seen = { ...seen, stage: 'complete', body };
      return new Response(statusesWithoutBody.includes(answer.status) ? null : body, {
        status: answer.status,
        headers: [...answer.headers],
      });
    } catch (error) {
      seen = { ...seen, causeCode: failureCode(error) };
      throw error;
    }
  };
  return { fetch: recorded, record: () => seen };
}

function nothingSeen(stage: MailAttemptStage): MailAttemptRecord {
  return {
    status: null,
    contentType: null,
    retryAfterMs: null,
    causeCode: null,
    stage,
    body: null,
  };
}
