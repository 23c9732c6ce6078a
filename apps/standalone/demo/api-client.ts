import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** Answers of the API as they arrive; each caller reads what it needs. */
export interface Api {
  readonly get: <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ) => Promise<z.output<Schema>>;
  /** Null where the API knows no such thing. */
  readonly find: <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ) => Promise<z.output<Schema> | null>;
  readonly send: <Schema extends z.ZodType>(
    request: ApiRequest,
    schema: Schema,
  ) => Promise<z.output<Schema>>;
}

/** One call that changes something. */
export interface ApiRequest {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
  /** Names the act, so that a repeated call finds the first. */
  readonly key?: string;
}

/** A refusal by the API, in its own words. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const timeLimitMs = 30_000;
const attempts = 20;
const problemSchema = z.object({ code: z.string(), detail: z.string().nullish() });

/** The API behind an address and a token. A call that found nobody is made again: processes may restart under it. */
export function openApi(server: { readonly url: string; readonly token: string }): Api {
  async function ask(request: Omit<ApiRequest, 'method'> & { method: string }): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const response = await callOnce(server, request);
        if (response.status !== 503 || attempt === attempts) return response;
        await response.body?.cancel();
      } catch (error) {
        if (attempt === attempts) throw error;
      }
      await pause(500);
    }
  }

  async function read<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ): Promise<z.output<Schema>> {
    return schema.parse(await contentOf(await ask({ method: 'GET', path, body: {} }), path));
  }

  return {
    get: read,
    find: async (path, schema) => {
      try {
        return await read(path, schema);
      } catch (error) {
        if (error instanceof ApiRefusal && error.status === 404) return null;
        throw error;
      }
    },
    send: async (request, schema) =>
      schema.parse(await contentOf(await ask(request), request.path)),
  };
}

function callOnce(
  { url, token }: { readonly url: string; readonly token: string },
  { method, path, body, key }: Omit<ApiRequest, 'method'> & { readonly method: string },
): Promise<Response> {
  const headers = new Headers({
    accept: 'application/json',
    authorization: `Bearer ${token}`,
  });
  if (method !== 'GET') headers.set('content-type', 'application/json');
  if (key !== undefined) headers.set('idempotency-key', key);
  return fetch(new URL(path, url), {
    method,
    headers,
    body: method === 'GET' ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(timeLimitMs),
  });
}

async function contentOf(response: Response, path: string): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return text === '' ? null : (JSON.parse(text) as unknown);
  const problem = problemSchema.safeParse(jsonOrNull(text));
  const code = problem.data?.code ?? 'UNREADABLE';
  const detail = problem.data?.detail ?? text.slice(0, 200);
  throw new ApiRefusal(response.status, code, `${path} answers ${response.status}: ${detail}`);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
