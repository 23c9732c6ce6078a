/** One mail to one recipient, exactly as it was frozen when its fact happened. */
export interface OutgoingMail {
  /** Identifies the delivery everywhere: ledger row, `Metadata.did`, search, webhooks. */
  readonly deliveryId: string;
  readonly from: string;
  readonly to: string;
  readonly replyTo: string | null;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  /** The provider's stream; always named, since a search without it looks elsewhere. */
  readonly stream: string;
  /** The message kind. */
  readonly tag: string;
  /** Invisible to the recipient; `did` is added by the adapter and must not contradict `deliveryId`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly headers: readonly MailHeader[];
  readonly attachments: readonly MailAttachment[];
}

/** One header line besides the usual ones, such as `In-Reply-To`. */
export interface MailHeader {
  readonly name: string;
  readonly value: string;
}

/** A file that travels with a mail. */
export interface MailAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly contentBase64: string;
}

/** The provider refuses the whole mail beyond these. */
const limits = {
  metadataKeys: 10,
  metadataKey: 20,
  metadataValue: 80,
  subject: 2000,
  from: 255,
  tag: 1000,
  headerLine: 998,
};
const lineBreak = /[\r\n]/;
const oneAddress = /^[^\s,;<>@]+@[^\s,;<>@]+$/;

/**
 * Everything about a mail that the provider would refuse, or that could smuggle in a header.
 * Asked before the row is written and again before it leaves.
 */
export function problemsOfMail(mail: OutgoingMail): readonly string[] {
  return [
    ...problemsOfLines(mail),
    ...problemsOfMetadata(mail.metadata, mail.deliveryId),
    ...(oneAddress.test(mail.to) ? [] : ['"to" must be exactly one address']),
    ...(mail.stream === '' ? ['the stream must be named'] : []),
    ...(mail.html === '' || mail.text === ''
      ? ['both the HTML and the text part must be filled']
      : []),
  ];
}

function problemsOfLines(mail: OutgoingMail): readonly string[] {
  const lines: readonly (readonly [string, string, number])[] = [
    ['from', mail.from, limits.from],
    ['to', mail.to, limits.headerLine],
    ['replyTo', mail.replyTo ?? '', limits.headerLine],
    ['subject', mail.subject, limits.subject],
    ['tag', mail.tag, limits.tag],
    ...mail.headers.map(
      ({ name, value }) =>
        [`header ${JSON.stringify(name)}`, `${name}: ${value}`, limits.headerLine] as const,
    ),
    ...mail.attachments.map(
      ({ name, contentType }) =>
        ['attachment', `${name} ${contentType}`, limits.headerLine] as const,
    ),
  ];
  return lines.flatMap(([name, value, longest]) => [
    ...(lineBreak.test(value) ? [`${name} contains a line break`] : []),
    ...(value.length > longest ? [`${name} is longer than ${longest} characters`] : []),
  ]);
}

function problemsOfMetadata(
  metadata: Readonly<Record<string, string>>,
  deliveryId: string,
): readonly string[] {
  const withId = { ...metadata, did: deliveryId };
  const names = Object.keys(withId);
  const distinct = new Set(names.map((name) => name.toLowerCase()));
  return [
    ...(names.length > limits.metadataKeys
      ? [`metadata has more than ${limits.metadataKeys} fields`]
      : []),
    ...(distinct.size < names.length ? ['two metadata fields differ only in case'] : []),
    ...((metadata['did'] ?? deliveryId) === deliveryId
      ? []
      : ['metadata "did" is not the delivery id']),
    ...Object.entries(withId).flatMap(([name, value]) => [
      ...(name.length > limits.metadataKey
        ? [
            `metadata field ${JSON.stringify(name)} has a name over ${limits.metadataKey} characters`,
          ]
        : []),
      ...(value.length > limits.metadataValue
        ? [
            `metadata field ${JSON.stringify(name)} has a value over ${limits.metadataValue} characters`,
          ]
        : []),
    ]),
  ];
}
