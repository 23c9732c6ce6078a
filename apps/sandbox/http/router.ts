import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Refusal, sendJson } from './exchange.ts';

/** One request with what the router has already read from it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** The named groups of the route's path. */
  readonly params: Readonly<Record<string, string>>;
}

/** A method, a path with named groups, and what answers it. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: (exchange: Exchange) => Promise<void> | void;
}

/** Answers from the first route that fits; unknown paths and refusals become JSON with a code and a sentence. */
export function routing(routes: readonly Route[]): RequestListener {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    dispatch(routes, { request, response, url }).catch((error: unknown) => {
      answerError(response, error);
    });
  };
}

async function dispatch(
  routes: readonly Route[],
  exchange: Omit<Exchange, 'params'>,
): Promise<void> {
  const { method } = exchange.request;
  const path = exchange.url.pathname;
  const fitting = routes.filter((route) => route.path.test(path));
  const route = fitting.find((each) => each.method === method);
  if (!route) {
    const status = fitting.length > 0 ? 405 : 404;
    const code = status === 405 ? 'METHOD_NOT_ALLOWED' : 'NOT_FOUND';
    throw new Refusal(status, code, `nothing answers ${method ?? 'GET'} ${path} here`);
  }
  const groups = route.path.exec(path)?.groups ?? {};
  const params = Object.fromEntries(
    Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
  );
  await route.handle({ ...exchange, params });
}

function answerError(response: ServerResponse, error: unknown): void {
  if (error instanceof Refusal) {
    sendJson(response, error.status, { code: error.code, message: error.message });
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  sendJson(response, 500, { code: 'SANDBOX_BUG', message });
}
