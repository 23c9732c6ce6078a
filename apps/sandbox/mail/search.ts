import { writeAddress } from './addresses.ts';
import { aboutSubject } from './arrivals.ts';
import type { Exchange } from './exchange.ts';
import { searchFaults, type Subject } from './faults.ts';
import { isKept, type MailWorld } from './mail-world.ts';
import { recipientsOf } from './message-subject.ts';
import { easternTime, parseSearchDate } from './postmark-time.ts';
import { Query } from './query.ts';
import type { StoredMessage } from './records.ts';

type Test = (message: StoredMessage) => boolean;

/** `GET /messages/outbound` */
export async function searchMessages(world: MailWorld, exchange: Exchange): Promise<void> {
  const query = new Query(exchange.url.searchParams);
  if (await failSearch(world, exchange, query)) return;
  const page = query.page();
  const tests = readTests(query);
  if (!page || 'problem' in tests) {
    const problem =
      'problem' in tests
        ? tests.problem
        : "'count' and 'offset' are required: count up to 500, count + offset up to 10,000.";
    exchange.refuse(422, 700, problem);
    return;
  }
  const found = visibleMessages(world).filter((message) => tests.every((test) => test(message)));
  exchange.json(200, {
    TotalCount: found.length,
    Messages: found.slice(page.offset, page.offset + page.count).map(messageRow),
  });
}

/** The messages that search and details know at this moment, newest first. */
export function visibleMessages(world: MailWorld): readonly StoredMessage[] {
  const nowMs = world.clock.nowMs();
  return [...world.box.messages.values()]
    .filter(({ visibleAtMs }) => visibleAtMs !== null && visibleAtMs <= nowMs)
    .filter(({ receivedAtMs }) => isKept(world, receivedAtMs))
    .reverse();
}

/** A message as a search shows it. */
export function messageRow(message: StoredMessage): object {
  return {
    Tag: message.tag,
    MessageID: message.id,
    MessageStream: message.stream,
    To: message.to,
    Cc: message.cc,
    Bcc: message.bcc,
    Recipients: recipientsOf(message),
    ReceivedAt: easternTime(message.receivedAtMs),
    From: writeAddress(message.from),
    Subject: message.subject,
    Attachments: message.attachments.map(({ Name }) => Name),
    Status: 'Sent',
    TrackOpens: message.trackOpens,
    TrackLinks: message.trackLinks,
    Metadata: message.metadata,
    Sandboxed: false,
  };
}

async function failSearch(world: MailWorld, exchange: Exchange, query: Query): Promise<boolean> {
  const recipient = query.text('recipient');
  const subject: Subject = {
    did: query.text('metadata_did'),
    tag: query.text('tag'),
    recipients: recipient === undefined ? [] : [recipient],
  };
  const fault = world.faults.take(searchFaults, subject);
  if (!fault) return false;
  exchange.fault = fault.fault;
  if (fault.fault === 'search-500') {
    exchange.refuse(500, 101, 'Internal server error.');
    return true;
  }
  exchange.ending = 'hanging';
  const arrival = {
    ...aboutSubject(subject),
    fault: fault.fault,
    stored: false,
    arrivedAtMs: world.clock.nowMs(),
  };
  const ending = await world.arrivals.hold(arrival, exchange.closed);
  if (ending === 'drop') exchange.reset();
  return ending !== 'answer';
}

function readTests(query: Query): readonly Test[] | { readonly problem: string } {
  const metadata = query.withPrefix('metadata_');
  if (metadata.length > 1) return { problem: 'Only one metadata field can be searched at a time.' };
  const dates = readDates(query);
  if ('problem' in dates) return dates;
  const stream = query.text('messagestream') ?? 'outbound';
  return [
    (message) => message.stream === stream,
    ...metadata.map(
      ([name, value]): Test =>
        (message) =>
          Object.entries(message.metadata).some(
            ([key, each]) => key.toLowerCase() === name && each === value,
          ),
    ),
    ...dates,
    ...readTextTests(query),
  ];
}

function readTextTests(query: Query): readonly Test[] {
  const tests: Test[] = [];
  const add = (name: string, test: (message: StoredMessage, wanted: string) => boolean) => {
    const wanted = query.text(name);
    if (wanted !== undefined) tests.push((message) => test(message, wanted));
  };
  add('recipient', (message, wanted) =>
    recipientsOf(message).some((each) => sameText(each, wanted)),
  );
  add('fromemail', (message, wanted) => sameText(message.from.Email, wanted));
  add('tag', (message, wanted) => message.tag === wanted);
  add('subject', (message, wanted) => message.subject.toLowerCase().includes(wanted.toLowerCase()));
  add('status', (_message, wanted) => sameText(wanted, 'sent'));
  return tests;
}

function readDates(query: Query): readonly Test[] | { readonly problem: string } {
  const tests: Test[] = [];
  for (const end of ['from', 'to'] as const) {
    const text = query.text(`${end}date`);
    if (text === undefined) continue;
    const atMs = parseSearchDate(text, end);
    if (atMs === undefined) {
      return {
        problem: `'${end}date' is no date: write 2026-11-25 or 2026-11-25T16:30:00 (US Eastern).`,
      };
    }
    tests.push(({ receivedAtMs }) =>
      end === 'from' ? receivedAtMs >= atMs : receivedAtMs <= atMs,
    );
  }
  return tests;
}

function sameText(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
