import { Attachment, Header, Message, Models, ServerClient } from 'postmark';
import { Agent } from 'undici';
import {
  classifyMailOutcome,
  type MailAttemptRecord,
  type MailOutcome,
  type MailReadings,
} from '../../domain/communication/classify-mail-outcome.ts';
import { type OutgoingMail, problemsOfMail } from '../../domain/communication/outgoing-mail.ts';
import { recordingFetch } from './recording-fetch.ts';
import type { Mailer, MailDetails, MailQuery, MailSearchResult } from './mailer.ts';
import { readDetails, readMatches, searchWindowStart } from './postmark-answers.ts';

/** What the worker's configuration says about Postmark. */
export interface PostmarkSettings {
  readonly serverToken: string;
  /** `https://api.postmarkapp.com`, or another place that speaks the same. */
  readonly apiUrl: string;
  /** One limit for a whole call. */
  readonly deadlineMs: number;
  /** For readings of `Retry-After` dates. */
  readonly nowMs: () => number;
  readonly readings?: MailReadings;
}

/** Deadline of one call unless the configuration says otherwise. */
export const defaultMailDeadlineMs = 20_000;

const testToken = 'POSTMARK_API_TEST';
/** A kept connection may be closed by the other side while we write: keep them only while busy. */
const keepConnectionMs = 1_000;
const usualConnectMs = 10_000;
const rowsPerSearch = 100;
/** The service shows no rows beyond these. */
const mostRows = 10_000;

/**
 * A mailer that speaks to Postmark by its own client.
 * @throws RangeError when the settings cannot work, saying which one and what it should be.
 */
export function openPostmarkMailer(settings: PostmarkSettings): Mailer {
  const transport = openTransport(settings);
  return {
    send: (mail) => send(mail, transport),
    find: (query) => find(query, transport),
    details: (messageId) => details(messageId, transport),
    close: () => transport.agent.close(),
  };
}

interface Transport {
  readonly agent: Agent;
  readonly readings: MailReadings;
  /** Makes one call and says what was seen; whatever the client throws is in the record. */
  call(act: (client: ServerClient) => Promise<unknown>): Promise<MailAttemptRecord>;
}

function openTransport({
  serverToken,
  apiUrl,
  deadlineMs,
  nowMs,
  readings,
}: PostmarkSettings): Transport {
  if (serverToken.trim() === '') throw new RangeError('The Postmark server token is empty; set it');
  if (serverToken.trim() === testToken) {
    throw new RangeError(`The Postmark server token ${testToken} delivers nothing; set a real one`);
  }
  // The client takes 0 for 60 seconds.
  if (!(deadlineMs > 0)) throw new RangeError('The deadline of a mail must be above 0 ms');
  const url = URL.parse(apiUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new RangeError('The Postmark API URL must look like https://api.postmarkapp.com');
  }
  const agent = new Agent({
    allowH2: false,
    keepAliveTimeout: keepConnectionMs,
    keepAliveMaxTimeout: keepConnectionMs,
    // Below the deadline, or a place that cannot be reached would look like one that never answered.
    connect: { timeout: Math.min(usualConnectMs, deadlineMs / 2) },
  });
  const call: Transport['call'] = async (act) => {
    const { fetch, record } = recordingFetch(agent, nowMs);
    const host = `${url.host}${url.pathname.replace(/\/+$/, '')}`;
    const options = new Models.ClientOptions.Configuration(
      url.protocol === 'https:',
      host,
      deadlineMs / 1000,
      fetch,
    );
    const client = new ServerClient(serverToken, options);
    try {
      await act(client);
    } catch {
      // The record tells more than any error of the client.
    }
    return record();
  };
  return { agent, readings: readings ?? { html403: 'not-sent' }, call };
}

async function send(mail: OutgoingMail, transport: Transport): Promise<MailOutcome> {
  const problems = problemsOfMail(mail);
  if (problems.length > 0) return { kind: 'rejected', code: 0, message: problems.join('; ') };
  const record = await transport.call((client) => client.sendEmail(messageOf(mail)));
  return classifyMailOutcome(record, transport.readings);
}

function messageOf(mail: OutgoingMail): Message {
  const message = new Message(mail.from, mail.subject, mail.html, mail.text, mail.to);
  if (mail.replyTo !== null) message.ReplyTo = mail.replyTo;
  message.MessageStream = mail.stream;
  message.Tag = mail.tag;
  message.Metadata = { ...mail.metadata, did: mail.deliveryId };
  message.TrackOpens = false;
  message.TrackLinks = Models.LinkTrackingOptions.None;
  message.Headers = mail.headers.map(({ name, value }) => new Header(name, value));
  message.Attachments = mail.attachments.map(
    ({ name, contentType, contentBase64 }) => new Attachment(name, contentBase64, contentType),
  );
  return message;
}

/** By delivery id first; the recipient's mails since the attempt are read when that shows nothing. */
async function find(query: MailQuery, transport: Transport): Promise<MailSearchResult> {
  const byId = await search({ metadata_did: query.deliveryId }, query, transport);
  if (byId.kind !== 'absent') return byId;
  const fromDate = searchWindowStart(query.sentAfter);
  return search({ recipient: query.recipient, fromDate }, query, transport);
}

async function search(
  wish: Readonly<Record<string, string>>,
  query: MailQuery,
  transport: Transport,
): Promise<MailSearchResult> {
  const found = new Set<string>();
  for (let offset = 0; offset + rowsPerSearch <= mostRows; offset += rowsPerSearch) {
    const filter = new Models.OutboundMessagesFilteringParameters(rowsPerSearch, offset);
    Object.assign(filter, wish, { messageStream: query.stream });
    const record = await transport.call((client) => client.getOutboundMessages(filter));
    const page = readMatches(record, query.deliveryId);
    if (page.kind === 'failed') return page;
    for (const messageId of page.messageIds) found.add(messageId);
    if (offset + rowsPerSearch >= page.total) {
      return found.size === 0 ? { kind: 'absent' } : { kind: 'found', messageIds: [...found] };
    }
  }
  return { kind: 'failed', reason: `more than ${mostRows} mails match` };
}

async function details(messageId: string, transport: Transport): Promise<MailDetails> {
  const path = encodeURIComponent(messageId);
  return readDetails(
    await transport.call((client) => client.getOutboundMessageDetails(path)),
    messageId,
  );
}
