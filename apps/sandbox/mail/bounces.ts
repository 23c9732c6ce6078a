import type { Exchange } from './exchange.ts';
import type { MailWorld } from './mail-world.ts';
import { easternTimeToTheSecond, parseSearchDate } from './postmark-time.ts';
import { Query } from './query.ts';
import type { BounceRecord } from './records.ts';
import { bounceFacts, serverId } from './webhook-payloads.ts';

/** `GET /bounces` */
export function listBounces(world: MailWorld, exchange: Exchange): void {
  const query = new Query(exchange.url.searchParams);
  const page = query.page();
  if (!page) {
    exchange.refuse(422, 1000, "'count' and 'offset' are required: count up to 500.");
    return;
  }
  const found = [...world.box.bounces.values()].reverse().filter((each) => matches(each, query));
  exchange.json(200, {
    TotalCount: found.length,
    Bounces: found.slice(page.offset, page.offset + page.count).map(bounceRow),
  });
}

/** `PUT /bounces/:id/activate`: lifts the suppression that came with the bounce. */
export async function activateBounce(
  world: MailWorld,
  exchange: Exchange,
  id: string,
): Promise<void> {
  const bounce = world.box.bounces.get(Number(id));
  if (!bounce || bounce.type === 'SpamComplaint') {
    exchange.refuse(422, 1003, 'The bounce was not found or cannot be activated.');
    return;
  }
  await world.box.record({
    kind: 'together',
    entries: [
      { kind: 'activated', bounceId: bounce.id },
      { kind: 'unsuppressed', stream: bounce.stream, email: bounce.email },
    ],
  });
  exchange.json(200, { Message: 'OK', Bounce: bounceRow({ ...bounce, inactive: false }) });
}

function bounceRow(bounce: BounceRecord): object {
  return {
    ...bounceFacts(bounce),
    ServerID: serverId,
    MessageStream: bounce.stream,
    BouncedAt: easternTimeToTheSecond(bounce.bouncedAtMs),
    Metadata: bounce.metadata,
  };
}

function matches(bounce: BounceRecord, query: Query): boolean {
  const facts: Readonly<Record<string, string>> = {
    type: bounce.type,
    inactive: String(bounce.inactive),
    tag: bounce.tag,
    messageid: bounce.messageId,
    messagestream: bounce.stream,
  };
  const fits = Object.entries(facts).every(([name, value]) => {
    const wanted = query.text(name);
    return wanted === undefined || wanted.toLowerCase() === value.toLowerCase();
  });
  const part = query.text('emailfilter')?.toLowerCase();
  return fits && isBetween(bounce, query) && bounce.email.toLowerCase().includes(part ?? '');
}

function isBetween({ bouncedAtMs }: BounceRecord, query: Query): boolean {
  const fromMs = parseSearchDate(query.text('fromdate') ?? '', 'from') ?? -Infinity;
  const toMs = parseSearchDate(query.text('todate') ?? '', 'to') ?? Infinity;
  return bouncedAtMs >= fromMs && bouncedAtMs <= toMs;
}
