import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { Refusal } from '../http/exchange.ts';
import { siteKinds } from '../sites/fleet.ts';
import type { Order } from './operation-book.ts';
import { judgeSignature } from './signature.ts';

const deploySchema = z.object({
  type: z.literal('deploy.requested'),
  key: z.string().min(1),
  rollout: z.string().min(1),
  client: z.string().min(1),
  site: z.enum(siteKinds),
  generation: z.int().nonnegative(),
  build: z.object({
    version: z.string().min(1),
    digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  }),
});

/** What a signed body asks for. */
export type Request =
  { readonly kind: 'test' } | { readonly kind: 'deploy'; readonly order: Order };

/**
 * Reads a request as the deployer protocol has it: signature first, then JSON, then the key, then the fields.
 * @throws Refusal with the status that the protocol gives to each defect.
 */
export function readRequest(
  received: { readonly headers: IncomingHttpHeaders; readonly body: Buffer },
  secrets: readonly string[],
  nowMs: number,
): Request {
  const { headers, body } = received;
  checkSignature(headers, body, secrets, nowMs);
  const content = parseJson(body);
  if (isTestCall(content)) return { kind: 'test' };
  const key = idempotencyKey(headers);
  if (key === undefined) {
    throw new Refusal(400, 'KEY_MISSING', 'a deployment needs the header Idempotency-Key');
  }
  const parsed = deploySchema.safeParse(content);
  if (!parsed.success) {
    throw new Refusal(422, 'ORDER_INVALID', z.prettifyError(parsed.error));
  }
  const { build, rollout, client, site, generation } = parsed.data;
  if (parsed.data.key !== key) {
    throw new Refusal(422, 'KEY_DIFFERS', 'Idempotency-Key and the key in the body differ');
  }
  const bodyHash = hashOf(body);
  return { kind: 'deploy', order: { key, bodyHash, rollout, client, site, generation, ...build } };
}

/** The key of a request; both spellings, bare and as a quoted string, are one key. */
export function idempotencyKey(headers: IncomingHttpHeaders): string | undefined {
  const header = headers['idempotency-key'];
  const text = typeof header === 'string' ? header.trim() : '';
  const bare = /^"(.*)"$/.exec(text)?.[1] ?? text;
  return bare === '' ? undefined : bare;
}

/** The hash by which two bodies are told apart. */
export function hashOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}

function checkSignature(
  headers: IncomingHttpHeaders,
  body: Buffer,
  secrets: readonly string[],
  nowMs: number,
): void {
  const text = (name: string): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  const signed = {
    id: text('webhook-id'),
    timestamp: text('webhook-timestamp'),
    signature: text('webhook-signature'),
  };
  const verdict = judgeSignature({ headers: signed, body }, secrets, nowMs);
  if (verdict.kind === 'refused') throw new Refusal(401, 'SIGNATURE_REFUSED', verdict.reason);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal(400, 'BODY_UNREADABLE', 'the body is no JSON');
  }
}

function isTestCall(content: unknown): boolean {
  return z.object({ type: z.literal('deploy.test') }).safeParse(content).success;
}
