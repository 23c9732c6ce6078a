import { performance } from 'node:perf_hooks';
import { type Duplex, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { request } from 'undici';
import { failureCode } from './failure-code.ts';
import { BlockedByGuard, openGuardedAgent, type Resolve } from './guarded-agent.ts';
import { type OutgoingRules, judgeUrl } from './outgoing-rules.ts';

/** One request to an address that somebody else chose. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly rules: OutgoingRules;
  readonly limits: OutgoingLimits;
  readonly resolve?: Resolve;
  readonly certificateAuthority?: string;
  /** Asked once connected, before the first byte is written; false leaves nothing written. */
  readonly beforeWrite?: () => boolean;
}

/** What an answer may cost. */
export interface OutgoingLimits {
  readonly connectMs: number;
  readonly totalMs: number;
  /** Bytes of the answer's body, as sent and as decoded. */
  readonly bodyBytes: number;
}

/** What came of a request. It never throws and never follows a redirect. */
export interface Exchange {
  /** Null when the head of an answer never arrived. */
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Null unless it was read to its end. */
  readonly body: Buffer | null;
  /** The address that was connected to. */
  readonly address: string | null;
  /** False when certainly no byte of the request was written. */
  readonly written: boolean;
  /** Null when all went well; `BLOCKED_BY_GUARD`, `PERMIT_LAPSED`, `TOO_LARGE`, `TOO_SLOW` are ours. */
  readonly causeCode: string | null;
  /** The failure in words, null when all went well. */
  readonly detail: string | null;
  readonly durationMs: number;
}

/** Our own reasons to end an exchange. */
type EndReason = 'PERMIT_LAPSED' | 'TOO_LARGE' | 'TOO_SLOW' | 'UNKNOWN_ENCODING';

class ExchangeEnded extends Error {
  readonly code: EndReason;
  constructor(code: EndReason, message: string) {
    super(message);
    this.code = code;
  }
}

interface Progress {
  status: number | null;
  headers: Readonly<Record<string, string>>;
  address: string | null;
  written: boolean;
}

/** Makes one guarded request on a connection of its own, within its limits. */
export async function ask(outgoing: OutgoingRequest): Promise<Exchange> {
  const startedAt = performance.now();
  const progress: Progress = { status: null, headers: {}, address: null, written: false };
  try {
    const body = await exchange(outgoing, progress);
    return ended(progress, startedAt, { body, causeCode: null, detail: null });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return ended(progress, startedAt, { body: null, causeCode: failureCode(error), detail });
  }
}

async function exchange(outgoing: OutgoingRequest, progress: Progress): Promise<Buffer> {
  const verdict = judgeUrl(outgoing.url);
  if (verdict.kind === 'blocked') throw new BlockedByGuard(verdict.reason);
  const { limits } = outgoing;
  const agent = guardedAgentFor(outgoing, progress);
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort(new ExchangeEnded('TOO_SLOW', `no full answer within ${limits.totalMs} ms`));
  }, limits.totalMs);
  try {
    const answer = await request(verdict.url, {
      method: outgoing.method,
      headers: { 'accept-encoding': 'identity', ...outgoing.headers },
      body: outgoing.body ?? null,
      dispatcher: agent,
      signal: deadline.signal,
      reset: true,
    });
    progress.status = answer.statusCode;
    progress.headers = plainHeaders(answer.headers);
    return await readBounded(answer.body, progress.headers['content-encoding'], limits.bodyBytes);
  } finally {
    clearTimeout(timer);
    await agent.destroy();
  }
}

function guardedAgentFor(
  outgoing: OutgoingRequest,
  progress: Progress,
): ReturnType<typeof openGuardedAgent> {
  return openGuardedAgent({
    rules: outgoing.rules,
    connectMs: outgoing.limits.connectMs,
    ...(outgoing.resolve ? { resolve: outgoing.resolve } : {}),
    ...(outgoing.certificateAuthority === undefined
      ? {}
      : { certificateAuthority: outgoing.certificateAuthority }),
    onConnected: (address) => {
      progress.address = address;
      if (outgoing.beforeWrite && !outgoing.beforeWrite()) {
        return new ExchangeEnded('PERMIT_LAPSED', 'the permit was no longer valid once connected');
      }
      progress.written = true;
      return null;
    },
  });
}

/** Counts what is sent and what it unfolds to, so that neither a long nor a dense body gets far. */
async function readBounded(
  body: Readable,
  encoding: string | undefined,
  limit: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const decoder = decoderFor(encoding);
  // The pipeline hands every failure on to the decoder, whose reader then hears of it.
  const plain = decoder ? pipeline(counted(body, limit), decoder, () => undefined) : body;
  for await (const chunk of counted(plain, limit)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* counted(source: Readable, limit: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      throw new ExchangeEnded('TOO_LARGE', `the answer is longer than ${limit} bytes`);
    }
    yield chunk;
  }
}

const decoders: Readonly<Record<string, () => Duplex>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
  br: () => createBrotliDecompress(),
};

function decoderFor(encoding: string | undefined): Duplex | null {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return null;
  const open = decoders[name];
  if (open) return open();
  throw new ExchangeEnded('UNKNOWN_ENCODING', 'the answer is in an encoding nobody asked for');
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

function ended(
  progress: Progress,
  startedAt: number,
  end: Pick<Exchange, 'body' | 'causeCode' | 'detail'>,
): Exchange {
  return { ...progress, ...end, durationMs: Math.round(performance.now() - startedAt) };
}
