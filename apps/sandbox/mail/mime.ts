import { writeAddress } from './addresses.ts';
import type { Address, StoredMessage } from './records.ts';

const ownHeaders = new Set(['message-id', 'x-pm-keepid', 'x-pm-bounce-type']);

/** The message as it would travel; Postmark never hands out attachment bytes, the inbox does. */
export function writeMime(
  message: StoredMessage,
  attachments: 'with attachments' | 'without attachments',
): string {
  const boundary = `part-${message.id}`;
  const bodies = [
    part('text/plain; charset=utf-8', message.textBody),
    part('text/html; charset=utf-8', message.htmlBody),
  ];
  const files =
    attachments === 'with attachments'
      ? message.attachments.map(({ Name, ContentType, Content }) =>
          [
            `Content-Type: ${ContentType}; name="${Name}"`,
            `Content-Disposition: attachment; filename="${Name}"`,
            'Content-Transfer-Encoding: base64',
            '',
            Content,
          ].join('\r\n'),
        )
      : [];
  const kind = files.length > 0 ? 'mixed' : 'alternative';
  return [
    ...headerLines(message),
    'MIME-Version: 1.0',
    `Content-Type: multipart/${kind}; boundary="${boundary}"`,
    '',
    ...[...bodies, ...files].flatMap((each) => [`--${boundary}`, each]),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}

/** The header lines of a message, in the order in which they are sent. */
export function headerLines(message: StoredMessage): readonly string[] {
  const lines = [
    `From: ${writeHeaderAddress(message.from)}`,
    `To: ${message.to.map(writeHeaderAddress).join(', ')}`,
    ...(message.cc.length > 0 ? [`Cc: ${message.cc.map(writeHeaderAddress).join(', ')}`] : []),
    ...(message.replyTo === '' ? [] : [`Reply-To: ${message.replyTo}`]),
    `Subject: ${encodeWord(message.subject)}`,
    `Date: ${new Date(message.receivedAtMs).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${message.rfcMessageId}`,
  ];
  const others = message.headers.filter(({ Name }) => !ownHeaders.has(Name.toLowerCase()));
  return [...lines, ...others.map(({ Name, Value }) => `${Name}: ${encodeWord(Value)}`)];
}

function part(type: string, content: string): string {
  const encoded = Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n');
  return `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${encoded}`;
}

function writeHeaderAddress(address: Address): string {
  return /^[\x20-\x7e]*$/.test(address.Name)
    ? writeAddress(address)
    : `${encodeWord(address.Name)} <${address.Email}>`;
}

function encodeWord(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}
