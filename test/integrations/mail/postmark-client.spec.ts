import { jest } from '@jest/globals';
import { Message, Models, ServerClient } from 'postmark';
import { type MailServer, startMailServer } from '../../../apps/sandbox/mail/mail-server.ts';
import type { FaultRequest } from '../../../apps/sandbox/mail/faults.ts';
import { newId } from '../../../database/new-id.ts';
import type { OutgoingMail } from '../../../domain/communication/outgoing-mail.ts';
import { openPostmarkMailer } from '../../../integrations/mail/postmark-mailer.ts';
import type { Mailer } from '../../../integrations/mail/mailer.ts';

/*
 * What the provider's own client does with every answer, and what we make of it. A client upgrade that behaves
 * otherwise fails here.
 */
jest.setTimeout(60_000);

let server: MailServer;
let mailer: Mailer;

beforeEach(async () => {
  server = await startMailServer({
    port: 0,
    tokens: ['token'],
    settings: { outcomeDelayMs: 0, trickleMs: 100 },
  });
  mailer = mailerWith('token');
});

afterEach(async () => {
  await mailer.close();
  await server.close();
});

function mailerWith(serverToken: string): Mailer {
  return openPostmarkMailer({
    serverToken,
    apiUrl: server.url,
    deadlineMs: 400,
    nowMs: () => Date.now(),
  });
}

function aMail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    deliveryId: newId(),
    from: 'Parkwise <releases@parkwise.example>',
    to: 'grace@north.example',
    replyTo: null,
    subject: 'Update 8.3.0',
    html: '<p>x</p>',
    text: 'x',
    stream: 'outbound',
    tag: 'notice',
    metadata: {},
    headers: [],
    attachments: [],
    ...changes,
  };
}

async function clientError(fault: FaultRequest | null, token = 'token'): Promise<unknown> {
  if (fault) server.control.addFault(fault);
  const options = new Models.ClientOptions.Configuration(false, server.url.slice(7), 0.4);
  const client = new ServerClient(token, options);
  return await client
    .sendEmail(new Message('releases@parkwise.example', 'x', undefined, 'x', 'grace@north.example'))
    .then(
      (answer) => ({ resolved: answer }),
      (error: unknown) => error,
    );
}

const next = (fault: FaultRequest['fault'], more: Partial<FaultRequest> = {}): FaultRequest => ({
  fault,
  next: 1,
  ...more,
});

it.each([
  ['a 200 with an error code as success', next('200-error-code'), { resolved: { ErrorCode: 300 } }],
  ['a 202 as success', next('202', { stored: false }), { resolved: { Message: 'Accepted' } }],
  ['an empty 200 as an empty object', next('200-empty'), { resolved: {} }],
  ['a 422 of a suppressed address', next('406'), { name: 'InactiveRecipientsError', code: 406 }],
  ['another 422', next('412'), { name: 'ApiInputError', code: 412 }],
  ['a 429', next('429'), { name: 'RateLimitExceededError', statusCode: 429 }],
  ['a 500', next('500'), { name: 'InternalServerError', statusCode: 500 }],
  ['a 503', next('503'), { name: 'ServiceUnavailablerError', statusCode: 503 }],
  ['a 403 with HTML', next('403-html'), { name: 'UnknownError', statusCode: 403, code: 0 }],
  ['a 408', next('408'), { name: 'UnknownError', statusCode: 408 }],
  ['a 502', next('502-html'), { name: 'UnknownError', statusCode: 502 }],
  ['no answer in time', next('hang', { stored: false }), { name: 'PostmarkError', statusCode: 0 }],
  ['a head and nothing more', next('headers-then-hang'), { name: 'TimeoutError', code: 23 }],
  ['a cut body', next('cut-body'), { name: 'TypeError', message: 'terminated' }],
  ['a reset', next('rst-before'), { name: 'PostmarkError', statusCode: 0 }],
])('the client reads %s', async (_what, fault, expected) => {
  expect(await clientError(fault)).toMatchObject(expected);
});

it('the client reads a wrong token', async () => {
  expect(await clientError(null, 'wrong')).toMatchObject({ name: 'InvalidAPIKeyError', code: 10 });
});

it('the client reads HTML with status 200 as text', async () => {
  const answer = (await clientError(next('200-html'))) as { resolved: unknown };

  expect(typeof answer.resolved).toBe('string');
});

const unknown = { kind: 'unknown', alarm: false };
const alarming = { kind: 'unknown', alarm: true };
const paused = { kind: 'not-sent', pauseSender: true };

it.each([
  [next('200-error-code'), alarming],
  [next('200-html', { stored: true }), alarming],
  [next('200-empty', { stored: true }), alarming],
  [next('202', { stored: true }), alarming],
  [next('301', { stored: true }), alarming],
  [next('307', { stored: true }), alarming],
  [next('401'), paused],
  [next('403-html'), paused],
  [next('412'), paused],
  [next('1235'), paused],
  [next('403-json', { stored: true }), unknown],
  [next('406'), { kind: 'suppressed' }],
  [next('408', { stored: true }), unknown],
  [next('429'), { kind: 'not-sent', pauseSender: false }],
  [next('429', { retryAfterSeconds: 7 }), { kind: 'not-sent', retryAfterMs: 7000 }],
  [next('500', { stored: true }), unknown],
  [next('500', { stored: false }), unknown],
  [next('503'), unknown],
  [next('503-html'), unknown],
  [next('502-html', { stored: true }), unknown],
  [next('504-html', { stored: true }), unknown],
  [next('hang', { stored: true }), unknown],
  [next('hang', { stored: false }), unknown],
  [next('headers-then-hang'), unknown],
  [next('slow-trickle'), unknown],
  [next('cut-body'), unknown],
  [next('rst-after'), unknown],
  [next('rst-before'), unknown],
  [next('fin-after'), unknown],
] as const)('we make of %j: %j', async (fault, outcome) => {
  server.control.addFault(fault);

  expect(await mailer.send(aMail())).toMatchObject(outcome);
});

it('we make of an accepted mail its id, by which it is found again', async () => {
  const mail = aMail();
  const outcome = await mailer.send(mail);
  const { deliveryId, to: recipient, stream } = mail;
  const sentAfter = new Date().toISOString() as never;
  const found = await mailer.find({ deliveryId, recipient, stream, sentAfter });

  expect(outcome).toMatchObject({ kind: 'accepted' });
  expect(found).toEqual({
    kind: 'found',
    messageIds: [(outcome as { messageId: string }).messageId],
  });
});

it('we take a closed port for not sent', async () => {
  await server.control.closePort();

  expect(await mailer.send(aMail())).toMatchObject({ kind: 'not-sent', cause: 'ECONNREFUSED' });
  await server.control.openPort();
});

it('we repeat nothing at the target of a redirect', async () => {
  server.control.addFault(next('307', { stored: true, location: '/email' }));
  await mailer.send(aMail());

  expect(server.control.messages()).toHaveLength(1);
});

it('we refuse a mail with a line break in its subject before it leaves', async () => {
  const outcome = await mailer.send(aMail({ subject: 'x\r\nBcc: all@example' }));

  expect(outcome).toMatchObject({ kind: 'rejected' });
  expect(server.control.requests()).toEqual([]);
});
