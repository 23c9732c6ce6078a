import { createHmac, timingSafeEqual } from 'node:crypto';

/** What is signed of a webhook, as in Standard Webhooks. */
export interface SignedParts {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  /** The raw body. */
  readonly body: string;
}

const toleranceSeconds = 300;

/** The three headers of a signed webhook, one signature for each secret so that secrets can be changed. */
export function signedHeaders(
  parts: SignedParts,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  return {
    'webhook-id': parts.id,
    'webhook-timestamp': String(parts.timestamp),
    'webhook-signature': secrets.map((secret) => signature(parts, secret)).join(' '),
  };
}

/** Whether one of the signatures was made with one of the secrets, within five minutes of now. */
export function isSignedBy(
  parts: SignedParts,
  signatures: string,
  secrets: readonly string[],
  nowSeconds: number,
): boolean {
  if (!(Math.abs(nowSeconds - parts.timestamp) <= toleranceSeconds)) return false;
  const given = signatures.split(' ').map((each) => Buffer.from(each));
  return secrets
    .map((secret) => Buffer.from(signature(parts, secret)))
    .some((right) =>
      given.some((each) => each.length === right.length && timingSafeEqual(each, right)),
    );
}

/** Why a text is no signing secret; null when it is one. The answer never repeats the text. */
export function problemOfSecret(secret: string): string | null {
  const bytes = keyOf(secret).length;
  return /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret) && bytes >= 24 && bytes <= 64
    ? null
    : 'a signing secret is "whsec_" followed by 24 to 64 bytes in base64';
}

function signature({ id, timestamp, body }: SignedParts, secret: string): string {
  const content = `${id}.${timestamp}.${body}`;
  return `v1,${createHmac('sha256', keyOf(secret)).update(content).digest('base64')}`;
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
}
