import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as the log keeps it: everything but the secrets. */
export interface LoggedRequest {
  readonly id: number;
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The HTTP status, or how the connection ended; null while the call is still open. */
  readonly ending: number | string | null;
  readonly fault: string | null;
}

const secretHeaders = new Set([
  'authorization',
  'cookie',
  'x-postmark-server-token',
  'x-postmark-account-token',
]);

/** One call and its answer, with the rude endings that a polite server does not have. */
export class Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Settles when the caller is gone or the answer is out. */
  readonly closed: Promise<void>;
  body = '';
  fault: string | null = null;
  ending: number | string | null = null;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.request = request;
    this.response = response;
    this.url = new URL(request.url ?? '/', 'http://sandbox');
    this.closed = new Promise((resolve) => {
      response.once('close', resolve);
    });
  }

  get method(): string {
    return this.request.method ?? 'GET';
  }

  get isGone(): boolean {
    return this.response.destroyed || this.request.socket.destroyed;
  }

  json(status: number, body: object, headers: Readonly<Record<string, string>> = {}): void {
    this.send(status, 'application/json', JSON.stringify(body), headers);
  }

  /** An error as Postmark writes it. */
  refuse(
    status: number,
    code: number,
    message: string,
    headers: Record<string, string> = {},
  ): void {
    this.json(
      status,
      { ErrorCode: code, Message: message },
      { 'X-PM-ApiErrorCode': String(code), ...headers },
    );
  }

  html(status: number, body: string, headers: Readonly<Record<string, string>> = {}): void {
    this.send(status, 'text/html; charset=utf-8', body, headers);
  }

  send(
    status: number,
    contentType: string,
    body: string | Buffer,
    headers: Readonly<Record<string, string>> = {},
  ): void {
    this.ending = status;
    if (this.isGone) return;
    this.response.writeHead(status, {
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(body),
      ...headers,
    });
    this.response.end(body);
  }

  /** Sends the head of an answer whose body is still to come. */
  sendHeadOf(body: string): void {
    this.ending = 'head only';
    this.response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    });
    this.response.flushHeaders();
  }

  /** Answers with a TCP reset. */
  reset(): void {
    this.ending = 'reset';
    this.request.socket.resetAndDestroy();
  }

  /** Closes the connection in good order without an answer. */
  hangUp(): void {
    this.ending = 'closed';
    this.request.socket.end();
    this.request.socket.destroySoon();
  }

  /** Reads the body up to a limit; false when it is longer. */
  async readBody(limitBytes: number): Promise<boolean> {
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of this.request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
    }
    this.body = Buffer.concat(chunks).toString('utf8');
    return length <= limitBytes;
  }

  logged(id: number, atMs: number): LoggedRequest {
    return {
      id,
      atMs,
      method: this.method,
      path: this.url.pathname,
      query: this.url.search,
      headers: withoutSecrets(this.request.headers),
      body: this.body,
      ending: this.ending,
      fault: this.fault,
    };
  }
}

function withoutSecrets(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secretHeaders.has(name) ? 'hidden' : String(value),
    ]),
  );
}
