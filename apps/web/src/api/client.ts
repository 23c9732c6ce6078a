import createClient from 'openapi-fetch';
import type { paths } from '../generated/api.ts';
import { ProblemError, readProblem } from './problem.ts';

/** The one way to the server. The session travels as a cookie of the same origin. */
export const api = createClient<paths>({
  baseUrl: globalThis.location.origin,
  credentials: 'same-origin',
});

interface Answer<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of an answer, or the problem the server described. */
export async function take<T>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await call.catch((cause: unknown) => {
    throw new ProblemError(unreachable, { cause });
  });
  if (!answer.response.ok || answer.data === undefined) {
    throw new ProblemError(readProblem(answer.error, answer.response.status));
  }
  return answer.data;
}

const unreachable = {
  status: 0,
  code: 'UNREACHABLE',
  title: 'Daymark cannot be reached',
  detail: 'The server did not answer. Check the connection and try again.',
  errors: [],
  extra: {},
};
