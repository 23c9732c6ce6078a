import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { ClientRolloutId, ContactId, RoundId } from '../../../../domain/ids.ts';

/** Who opened which link: carried by a signed cookie, so that opening writes nothing. */
export interface PagePass {
  readonly clientRolloutId: ClientRolloutId;
  readonly contactId: ContactId;
  readonly linkId: string;
}

/** What a form is about; its nonce holds for exactly this. */
export interface FormSubject {
  readonly roundId: RoundId;
  readonly contentHash: string;
}

/** How long an opened page may be used before its link must be opened once more. */
export const passLifetimeMs = 12 * 3_600_000;

/** The name that stands for a client rollout in addresses and cookie names. */
export function pageName(clientRolloutId: ClientRolloutId): string {
  return createHash('sha256').update(`page ${clientRolloutId}`).digest('hex').slice(0, 16);
}

/** The cookie's value. */
export function writePass(key: Buffer, pass: PagePass, nowMs: number): string {
  const { clientRolloutId, contactId, linkId } = pass;
  const until = String(nowMs + passLifetimeMs);
  const parts = [clientRolloutId, contactId, linkId, until];
  return [...parts, sign(key, ['pass', ...parts])].join('.');
}

/** Reads a cookie of ours; null when somebody made it up, or its time is over. */
export function readPass(key: Buffer, value: string | null, nowMs: number): PagePass | null {
  const [clientRolloutId = '', contactId = '', linkId = '', until = '', signature = ''] = (
    value ?? ''
  ).split('.');
  const expected = sign(key, ['pass', clientRolloutId, contactId, linkId, until]);
  if (!isSame(signature, expected) || Number(until) <= nowMs) return null;
  return {
    clientRolloutId: clientRolloutId as ClientRolloutId,
    contactId: contactId as ContactId,
    linkId,
  };
}

/** The nonce of a form: bound to its link, its round and what was shown. */
export function writeNonce(
  key: Buffer,
  pass: PagePass,
  { roundId, contentHash }: FormSubject,
  nowMs: number,
): string {
  const until = String(nowMs + passLifetimeMs);
  return [roundId, until, sign(key, ['form', pass.linkId, roundId, contentHash, until])].join('.');
}

/** What a sent form is about; null for a nonce of another page, another link, or of nobody's. */
export function readNonce(
  key: Buffer,
  pass: PagePass,
  sent: { readonly nonce: string; readonly contentHash: string },
): { readonly roundId: RoundId; readonly expiresAtMs: number } | null {
  const [roundId = '', until = '', signature = ''] = sent.nonce.split('.');
  const expected = sign(key, ['form', pass.linkId, roundId, sent.contentHash, until]);
  return isSame(signature, expected)
    ? { roundId: roundId as RoundId, expiresAtMs: Number(until) }
    : null;
}

function sign(key: Buffer, parts: readonly string[]): string {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
