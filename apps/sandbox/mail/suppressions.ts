import { isRecord } from './check-message.ts';
import type { Exchange } from './exchange.ts';
import type { MailWorld } from './mail-world.ts';
import { easternTimeToTheSecond, parseSearchDate } from './postmark-time.ts';
import { Query } from './query.ts';
import type { SuppressionReason, SuppressionRecord } from './records.ts';
import { subscriptionPayload } from './webhook-payloads.ts';
import { planPosts, startPosts } from './webhook-posts.ts';

const noAuthority = 'You do not have the required authority to change this suppression.';

/** `GET /message-streams/:stream/suppressions/dump` */
export function dumpSuppressions(world: MailWorld, exchange: Exchange, stream: string): void {
  const query = new Query(exchange.url.searchParams);
  const nowMs = world.clock.nowMs();
  const found = [...world.box.suppressions.values()].filter(
    (each) => each.stream === stream && each.visibleAtMs <= nowMs && matches(each, query),
  );
  exchange.json(200, { Suppressions: found.map(suppressionRow) });
}

/** `POST /message-streams/:stream/suppressions` and `…/delete` */
export async function changeSuppressions(
  world: MailWorld,
  exchange: Exchange,
  change: { readonly stream: string; readonly wanted: 'Suppressed' | 'Deleted' },
): Promise<void> {
  const emails = readEmails(exchange.body);
  if (emails === undefined || emails.length > 50) {
    exchange.refuse(
      422,
      402,
      'Write {"Suppressions":[{"EmailAddress":"a@b.example"}]} with up to 50 addresses.',
    );
    return;
  }
  const results: object[] = [];
  for (const email of emails) {
    const done =
      change.wanted === 'Suppressed'
        ? await suppress(world, { stream: change.stream, email, reason: 'ManualSuppression' })
        : await unsuppress(world, change.stream, email);
    results.push({
      EmailAddress: email,
      Status: done ? change.wanted : 'Failed',
      Message: done ? null : noAuthority,
    });
  }
  exchange.json(200, { Suppressions: results });
}

/** Stops sending to an address of a stream and tells the webhooks; a complaint is never softened. */
export async function suppress(
  world: MailWorld,
  request: {
    readonly stream: string;
    readonly email: string;
    readonly reason: SuppressionReason;
    readonly origin?: SuppressionRecord['origin'];
  },
): Promise<boolean> {
  const present = world.box.suppressionOf(request.stream, request.email);
  if (present?.reason === 'SpamComplaint') return request.reason === 'SpamComplaint';
  const nowMs = world.clock.nowMs();
  const suppression: SuppressionRecord = {
    stream: request.stream,
    email: request.email,
    reason: request.reason,
    origin: request.origin ?? 'Customer',
    createdAtMs: nowMs,
    visibleAtMs: nowMs + world.settings.suppressionLagMs,
  };
  await tell(world, suppression, true);
  return true;
}

/** Sends to an address again; false for a complaint, which nobody here may lift. */
export async function unsuppress(
  world: MailWorld,
  stream: string,
  email: string,
): Promise<boolean> {
  const present = world.box.suppressionOf(stream, email);
  if (!present) return true;
  if (present.reason === 'SpamComplaint') return false;
  await tell(world, present, false);
  return true;
}

async function tell(
  world: MailWorld,
  suppression: SuppressionRecord,
  suppressed: boolean,
): Promise<void> {
  const { stream, email } = suppression;
  const nowMs = world.clock.nowMs();
  const payload = subscriptionPayload(suppression, suppressed, nowMs, null);
  const event = { trigger: 'SubscriptionChange', stream, message: null, payload } as const;
  const posts = planPosts(world, event, nowMs + 1);
  await world.box.record({
    kind: 'together',
    entries: [
      suppressed ? { kind: 'suppressed', suppression } : { kind: 'unsuppressed', stream, email },
      ...posts.map((post) => ({ kind: 'post', post }) as const),
    ],
  });
  await startPosts(world, posts);
}

function suppressionRow(suppression: SuppressionRecord): object {
  return {
    EmailAddress: suppression.email,
    SuppressionReason: suppression.reason,
    Origin: suppression.origin,
    CreatedAt: easternTimeToTheSecond(suppression.createdAtMs),
  };
}

function matches(suppression: SuppressionRecord, query: Query): boolean {
  const facts: Readonly<Record<string, string>> = {
    suppressionreason: suppression.reason,
    origin: suppression.origin,
    emailaddress: suppression.email,
  };
  const fits = Object.entries(facts).every(([name, value]) => {
    const wanted = query.text(name);
    return wanted === undefined || wanted.toLowerCase() === value.toLowerCase();
  });
  const fromMs = parseSearchDate(query.text('fromdate') ?? '', 'from') ?? -Infinity;
  const toMs = parseSearchDate(query.text('todate') ?? '', 'to') ?? Infinity;
  return fits && suppression.createdAtMs >= fromMs && suppression.createdAtMs <= toMs;
}

function readEmails(body: string): readonly string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isRecord(parsed) || !Array.isArray(parsed['Suppressions'])) return undefined;
    return parsed['Suppressions'].map((each) =>
      isRecord(each) && typeof each['EmailAddress'] === 'string' ? each['EmailAddress'] : '',
    );
  } catch {
    return undefined;
  }
}
