import { randomUUID } from 'node:crypto';
import createClient, { type Client } from 'openapi-fetch';
import { CliFailure, type FailureKind } from './cli-failure.ts';
import type { Connection } from './connection.ts';
import type { components, paths } from './generated/api.ts';

/** The generated client of the API. */
export type DaymarkApi = Client<paths>;

type Problem = components['schemas']['Problem'];

/** The API behind a connection. Every acting call carries a key of its own, so that a repetition finds the first. */
export function openDaymarkApi({ url, token }: Connection): DaymarkApi {
  const client = createClient<paths>({
    baseUrl: url,
    headers: { authorization: `Bearer ${token}` },
  });
  client.use({
    onRequest: ({ request }) => {
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) {
        request.headers.set('idempotency-key', randomUUID());
      }
      return request;
    },
    onError: ({ error }) => {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      const why = cause instanceof Error ? cause.message : String(cause);
      return new CliFailure(
        'unreachable',
        `Daymark does not answer at ${url}: ${why}. Is it running? "npm start" starts it.`,
      );
    },
  });
  return client;
}

/**
 * The content of an answer.
 * @throws CliFailure with the problem in the API's own words.
 */
export async function contentOf<Content>(
  call: Promise<{ data?: Content; error?: unknown; response: Response }>,
): Promise<Content> {
  const { data, error, response } = await call;
  if (response.ok) return data as Content;
  throw failureOf(response.status, error);
}

function failureOf(status: number, error: unknown): CliFailure {
  const problem = isProblem(error) ? error : null;
  const detail = problem?.detail ?? `Daymark answered ${status} without saying why.`;
  const lines = (problem?.errors ?? []).map(lineOf);
  return new CliFailure(kindOf(status), detail, { lines, ...(problem ? { problem } : {}) });
}

function lineOf(each: NonNullable<Problem['errors']>[number]): string {
  const { path, message, line, column, heading } = each;
  if (line === undefined) return path === '' ? message : `${path}: ${message}`;
  const at = column === undefined ? '' : `, column ${column}`;
  const of = heading === undefined ? '' : ` (${heading})`;
  return `line ${line}${at}${of}: ${message}`;
}

function kindOf(status: number): FailureKind {
  if (status === 400) return 'usage';
  if (status === 502 || status === 503 || status === 504) return 'unreachable';
  return status === 403 || status === 409 || status === 422 ? 'refused' : 'failed';
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}
