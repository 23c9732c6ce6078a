import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signature may be this old, or this far ahead. */
export const signatureToleranceSeconds = 300;

/** The three headers of a signed webhook, as they arrived. */
export interface SignatureHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** Whether a webhook was signed by somebody who knows one of our secrets, and if not, why. */
export type SignatureVerdict =
  { readonly kind: 'valid' } | { readonly kind: 'refused'; readonly reason: string };

/** Checks a Standard Webhooks signature over the raw body; any of the secrets may match any of the signatures. */
export function judgeSignature(
  signed: { readonly headers: SignatureHeaders; readonly body: Buffer },
  secrets: readonly string[],
  nowMs: number,
): SignatureVerdict {
  const { id, timestamp, signature } = signed.headers;
  if (!id || !timestamp || !signature) {
    return refused('webhook-id, webhook-timestamp and webhook-signature are all needed');
  }
  if (!/^\d{1,12}$/.test(timestamp)) return refused('webhook-timestamp is no Unix time in seconds');
  const ageSeconds = Math.abs(Math.floor(nowMs / 1000) - Number(timestamp));
  if (ageSeconds > signatureToleranceSeconds) {
    return refused(`webhook-timestamp is ${ageSeconds} s away from now; at most 300 s are taken`);
  }
  const given = signature.split(' ').map((each) => Buffer.from(each));
  const matches = secrets.some((secret) => {
    const expected = Buffer.from(sign({ id, timestamp, body: signed.body }, secret));
    return given.some((each) => each.length === expected.length && timingSafeEqual(each, expected));
  });
  return matches ? { kind: 'valid' } : refused('no signature matches a secret known here');
}

/**
 * The `v1,…` signature of one webhook under one `whsec_…` secret.
 * @throws Error when the secret has another form.
 */
export function sign(
  webhook: { readonly id: string; readonly timestamp: string; readonly body: Buffer },
  secret: string,
): string {
  if (!/^whsec_[A-Za-z0-9+/]+={0,2}$/.test(secret)) {
    throw new Error('a deployer secret is "whsec_" and the base64 of 24 to 64 bytes');
  }
  const mac = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'));
  mac.update(`${webhook.id}.${webhook.timestamp}.`).update(webhook.body);
  return `v1,${mac.digest('base64')}`;
}

function refused(reason: string): SignatureVerdict {
  return { kind: 'refused', reason };
}
