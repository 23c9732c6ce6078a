import { parseAddresses } from './addresses.ts';
import type { Address, Attachment, NameValue } from './records.ts';

/** A refusal in Postmark's words. */
export interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/** A message whose form is right. */
export interface CheckedMessage {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly replyTo: string;
  readonly subject: string;
  readonly htmlBody: string;
  readonly textBody: string;
  readonly tag: string;
  readonly stream: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: readonly NameValue[];
  readonly attachments: readonly Attachment[];
  readonly trackOpens: boolean;
  readonly trackLinks: string;
}

/** The kind of each stream of the server. */
export type Streams = Readonly<Record<string, 'Transactional' | 'Broadcasts' | 'Inbound'>>;

type Raw = Readonly<Record<string, unknown>>;

const textFields = [
  'From',
  'To',
  'Cc',
  'Bcc',
  'Subject',
  'HtmlBody',
  'TextBody',
  'ReplyTo',
  'Tag',
  'MessageStream',
  'TrackLinks',
] as const;

const mb = 1024 * 1024;
const limits = { From: 255, Subject: 2000, Tag: 1000, HtmlBody: 5 * mb, TextBody: 5 * mb } as const;

const refusedExtensions = new Set(
  'vbs exe bin bat chm com cpl crt hlp hta inf ins isp jse lnk mdb pcd pif reg scr sct shs vbe vba wsf wsh wsl msc msi msp mst'.split(
    ' ',
  ),
);

/** Checks one message in the order in which Postmark finds fault: the first finding is the answer. */
export function checkMessage(input: unknown, streams: Streams): CheckedMessage | Refusal {
  if (!isRecord(input)) return { status: 422, code: 402, message: 'Invalid JSON' };
  const checks = [
    checkTypes,
    checkStream,
    checkAddresses,
    checkBody,
    checkLengths,
    checkMetadata,
    checkHeaders,
    checkAttachments,
  ];
  for (const check of checks) {
    const refusal = check(input, streams);
    if (refusal) return refusal;
  }
  return read(input);
}

/** Tells a refusal from a message. */
export function isRefusal(result: object): result is Refusal {
  return 'code' in result;
}

/** The metadata of a message that may be malformed elsewhere: what faults are scoped by. */
export function metadataOf(input: unknown): Readonly<Record<string, string>> {
  if (!isRecord(input) || !isRecord(input['Metadata'])) return {};
  return Object.fromEntries(
    Object.entries(input['Metadata']).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** A JSON object, neither null nor a list. */
export function isRecord(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string): Refusal {
  return { status: 422, code: 300, message };
}

function text(input: Raw, field: string): string {
  const value = input[field];
  return typeof value === 'string' ? value : '';
}

function list(input: Raw, field: string): readonly Raw[] {
  const value = input[field];
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function checkTypes(input: Raw): Refusal | undefined {
  const wants: readonly (readonly [string, (value: unknown) => boolean])[] = [
    ...textFields.map((field) => [field, (value: unknown) => typeof value === 'string'] as const),
    ['Headers', isListOfRecords],
    ['Attachments', isListOfRecords],
    ['Metadata', isTextRecord],
    ['TrackOpens', (value) => typeof value === 'boolean'],
  ];
  const wrong = wants.find(([field, isRight]) => {
    const value = input[field];
    return value !== undefined && value !== null && !isRight(value);
  });
  if (!wrong) return undefined;
  return { status: 422, code: 403, message: `Invalid field: '${wrong[0]}' has the wrong type.` };
}

function checkStream(input: Raw, streams: Streams): Refusal | undefined {
  const stream = text(input, 'MessageStream') || 'outbound';
  const kind = streams[stream];
  if (!kind) {
    const message = `The stream provided: '${stream}' does not exist on this server.`;
    return { status: 422, code: 1235, message };
  }
  if (kind !== 'Inbound') return undefined;
  return {
    status: 422,
    code: 1236,
    message: `Sending is not supported on the stream provided: '${stream}'.`,
  };
}

function checkAddresses(input: Raw): Refusal | undefined {
  for (const field of ['From', 'To', 'Cc', 'Bcc', 'ReplyTo']) {
    const value = text(input, field);
    const parsed = parseAddresses(value);
    if ('unreadable' in parsed) {
      return invalid(`Invalid '${field}' address: '${parsed.unreadable}'.`);
    }
    if (field === 'From' && parsed.length !== 1) {
      return invalid(`Invalid 'From' address: '${value}'.`);
    }
    if (field === 'To' && parsed.length === 0) return invalid('Zero recipients specified');
  }
  const count = ['To', 'Cc', 'Bcc'].reduce((sum, field) => sum + addresses(input, field).length, 0);
  return count > 50
    ? invalid('Too many recipients. Up to 50 are allowed in To, Cc and Bcc together.')
    : undefined;
}

function checkBody(input: Raw): Refusal | undefined {
  if (text(input, 'HtmlBody') !== '' || text(input, 'TextBody') !== '') return undefined;
  return invalid('Provide either email TextBody or HtmlBody or both.');
}

function checkLengths(input: Raw): Refusal | undefined {
  const long = Object.entries(limits).find(([field, limit]) => text(input, field).length > limit);
  if (long) return invalid(`The '${long[0]}' field is longer than ${long[1]} characters.`);
  return /[\r\n]/.test(text(input, 'Subject'))
    ? invalid("The 'Subject' field contains a line break.")
    : undefined;
}

function checkMetadata(input: Raw): Refusal | undefined {
  const entries = Object.entries(metadataOf(input));
  const long = entries.find(([name, value]) => name.length > 20 || value.length > 80);
  if (long) {
    return invalid(
      `Invalid metadata content. Field names are limited to 20 characters and field values are limited to 80 characters in length. The '${long[0]}' field in your metadata content exceeds these limits.`,
    );
  }
  if (entries.length > 10) return invalid('Invalid metadata content. Up to 10 fields are allowed.');
  const distinct = new Set(entries.map(([name]) => name.toLowerCase())).size;
  return distinct < entries.length
    ? invalid('Invalid metadata content. Field names must be unique.')
    : undefined;
}

function checkHeaders(input: Raw): Refusal | undefined {
  const wrong = list(input, 'Headers').find(
    (header) => !/^[!-9;-~]+$/.test(text(header, 'Name')) || /[\r\n]/.test(text(header, 'Value')),
  );
  return wrong
    ? invalid(`Invalid header '${text(wrong, 'Name').replace(/[\r\n]+/g, ' ')}'.`)
    : undefined;
}

function checkAttachments(input: Raw): Refusal | undefined {
  for (const attachment of list(input, 'Attachments')) {
    const name = text(attachment, 'Name');
    if (name === '' || text(attachment, 'ContentType') === '') {
      return invalid('An attachment needs Name, Content and ContentType.');
    }
    if (!/^[A-Za-z0-9+/\r\n]*={0,2}\s*$/.test(text(attachment, 'Content'))) {
      return invalid(`The content of attachment '${name}' is not base64.`);
    }
    if (refusedExtensions.has(name.split('.').at(-1)?.toLowerCase() ?? '')) {
      return {
        status: 422,
        code: 411,
        message: `The attachment '${name}' has a forbidden file type.`,
      };
    }
  }
  return undefined;
}

function read(input: Raw): CheckedMessage {
  const [from = { Email: '', Name: '' }] = addresses(input, 'From');
  return {
    from,
    to: addresses(input, 'To'),
    cc: addresses(input, 'Cc'),
    bcc: addresses(input, 'Bcc'),
    replyTo: text(input, 'ReplyTo'),
    subject: text(input, 'Subject'),
    htmlBody: text(input, 'HtmlBody'),
    textBody: text(input, 'TextBody'),
    tag: text(input, 'Tag'),
    stream: text(input, 'MessageStream') || 'outbound',
    metadata: metadataOf(input),
    headers: list(input, 'Headers').map((header) => ({
      Name: text(header, 'Name'),
      Value: text(header, 'Value'),
    })),
    attachments: list(input, 'Attachments').map(readAttachment),
    trackOpens: input['TrackOpens'] === true,
    trackLinks: text(input, 'TrackLinks') || 'None',
  };
}

function readAttachment(raw: Raw): Attachment {
  return {
    Name: text(raw, 'Name'),
    Content: text(raw, 'Content'),
    ContentType: text(raw, 'ContentType'),
    ContentID: text(raw, 'ContentID') || null,
  };
}

function addresses(input: Raw, field: string): readonly Address[] {
  const parsed = parseAddresses(text(input, field));
  return 'unreadable' in parsed ? [] : parsed;
}

function isListOfRecords(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRecord);
}

function isTextRecord(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((each) => typeof each === 'string');
}
