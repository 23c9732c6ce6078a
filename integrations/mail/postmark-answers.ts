import { z } from 'zod';
import type { MailAttemptRecord } from '../../domain/communication/classify-mail-outcome.ts';
import { epochMsOf, type Instant } from '../../domain/instant.ts';
import type { MailDetails } from './mailer.ts';

/** One page of a search: the ids of mails with our delivery id, and how many rows there are in all. */
export type SearchPage =
  | { readonly kind: 'read'; readonly messageIds: readonly string[]; readonly total: number }
  | { readonly kind: 'failed'; readonly reason: string };

const metadata = z.record(z.string(), z.string()).nullish();
const searchBody = z.object({
  // The client's own types call it text, the service sends a number.
  TotalCount: z.coerce.number(),
  Messages: z.array(z.object({ MessageID: z.string().min(1), Metadata: metadata })),
});
const detailsBody = z.object({
  MessageID: z.string().min(1),
  Status: z.string(),
  Metadata: metadata,
  MessageEvents: z.array(
    z.object({
      Type: z.string(),
      Recipient: z.string(),
      ReceivedAt: z.string(),
      Details: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
});
const errorBody = z.object({ ErrorCode: z.number() });
const unknownMessage = 701;
const hourMs = 60 * 60 * 1000;

/**
 * Reads one page of a search. Rows are compared by their own metadata, since a server that does not
 * understand the filter answers with everything.
 */
export function readMatches(record: MailAttemptRecord, deliveryId: string): SearchPage {
  const body = searchBody.safeParse(jsonOf(record));
  if (record.status !== 200 || !body.success) return { kind: 'failed', reason: reasonOf(record) };
  const ours = body.data.Messages.filter(({ Metadata }) => didOf(Metadata ?? {}) === deliveryId);
  return {
    kind: 'read',
    messageIds: ours.map(({ MessageID }) => MessageID),
    total: body.data.TotalCount,
  };
}

/** Reads the record of one mail. */
export function readDetails(record: MailAttemptRecord, messageId: string): MailDetails {
  const json = jsonOf(record);
  if (record.status === 422 && errorBody.safeParse(json).data?.ErrorCode === unknownMessage) {
    return { kind: 'absent' };
  }
  const body = detailsBody.safeParse(json);
  if (record.status !== 200 || !body.success || body.data.MessageID !== messageId) {
    return { kind: 'failed', reason: reasonOf(record) };
  }
  return {
    kind: 'found',
    messageId,
    status: body.data.Status,
    metadata: body.data.Metadata ?? {},
    events: body.data.MessageEvents.map(({ Type, Recipient, ReceivedAt, Details }) => ({
      type: Type,
      recipient: Recipient,
      receivedAt: ReceivedAt,
      details: Details ?? {},
    })),
  };
}

/**
 * Where a search by recipient begins. The service reads dates as US Eastern time, which is four or
 * five hours behind UTC: six hours back is early enough in every season and for every clock.
 */
export function searchWindowStart(sentAfter: Instant): string {
  return new Date(epochMsOf(sentAfter) - 6 * hourMs).toISOString().slice(0, 19);
}

function didOf(fields: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(fields).find(([name]) => name.toLowerCase() === 'did')?.[1];
}

function jsonOf({ body }: MailAttemptRecord): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
}

function reasonOf({ status, causeCode, body }: MailAttemptRecord): string {
  if (status === null) return `no answer: ${causeCode ?? 'no reason known'}`;
  if (body === null) {
    return `the answer (HTTP ${status}) broke off: ${causeCode ?? 'no reason known'}`;
  }
  return status === 200 ? 'HTTP 200 without the usual body' : `HTTP ${status}`;
}
