import { createHash, randomBytes } from 'node:crypto';

/** A new secret with 256 bits of chance. */
export function newSecret(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** What is kept of a secret: with so much chance in it, a plain hash cannot be turned back. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
