import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A port that another program holds; the message is the one line a person needs. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

/** A request that is answered with a status and one clear sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** A port as it is asked for: by whom, and which setting moves it. */
export interface WantedPort {
  readonly port: number;
  readonly what: string;
  readonly setting: string;
}

/**
 * Listens on loopback and answers with the port in use; port 0 takes a free one.
 * @throws PortTaken when another program holds the port.
 */
export function listen(server: Server, wanted: WantedPort): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      reject(portProblem(error, wanted));
    };
    server.once('error', onError);
    server.listen(wanted.port, '127.0.0.1', () => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** The failure of listening as a person can read it; anything but a taken port stays what it is. */
export function portProblem(error: unknown, wanted: WantedPort): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return error;
  return new PortTaken(
    `Port ${wanted.port} for ${wanted.what} is taken by another program; stop it, or name a free port in ${wanted.setting}.`,
  );
}

/** Stops listening and cuts the connections that are still open. */
export function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

/**
 * The raw body, as the signature covers it.
 * @throws Refusal (413) when it is larger than the limit.
 */
export async function readBody(request: IncomingMessage, limit = 256 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      throw new Refusal(413, 'BODY_TOO_LARGE', `the body is larger than ${limit} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Answers with JSON; a connection that is already gone is left alone. */
export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed || response.headersSent) return;
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(body);
}
