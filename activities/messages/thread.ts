import { createHash } from 'node:crypto';
import type { MailHeader } from '../../domain/communication/outgoing-mail.ts';

/** A mailbox with its name, as `Name <address>` or the address alone. */
export interface Mailbox {
  readonly name: string;
  readonly email: string;
}

/** Reads `Name <a@b>`; the name may be quoted. */
export function readMailbox(text: string): Mailbox {
  const match = /^\s*"?([^"<]*?)"?\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text);
  if (match) return { name: match[1] ?? '', email: match[2] ?? '' };
  return { name: '', email: text.trim() };
}

/** What search and webhooks show of a dedupe key; short enough for the provider, and no name in it. */
export function keyOf(dedupeKey: string): string {
  return createHash('sha256').update(dedupeKey).digest('hex').slice(0, 32);
}

/** The Message-ID of a mail: its own id at the sender's domain. */
export function messageIdOf(deliveryId: string, from: string): string {
  return `<${deliveryId}@${senderDomain(from)}>`;
}

/** The same calendar entry over every move of a date: one per contact and rollout. */
export function calendarUid(lane: string, from: string): string {
  return `${keyOf(lane)}@${senderDomain(from)}`;
}

/** Mails before this one in its thread that may have left, oldest first. */
export interface Thread {
  readonly rootId: string | null;
  readonly previousIds: readonly string[];
}

/** With the root first a header line of this many ids stays below the 998 octets that mail allows. */
const mostReferences = 7;

/** The header lines that keep a mail in its thread and other machines from answering it. */
export function threadHeaders(messageId: string, { rootId, previousIds }: Thread): MailHeader[] {
  const own = [
    { name: 'Message-ID', value: messageId },
    { name: 'X-PM-KeepID', value: 'true' },
    { name: 'Auto-Submitted', value: 'auto-generated' },
  ];
  if (rootId === null) return own;
  const others = previousIds.filter((id) => id !== rootId).slice(1 - mostReferences);
  return [
    ...own,
    { name: 'In-Reply-To', value: rootId },
    { name: 'References', value: [rootId, ...others].join(' ') },
  ];
}

function senderDomain(from: string): string {
  return readMailbox(from).email.split('@')[1] ?? 'daymark.invalid';
}
