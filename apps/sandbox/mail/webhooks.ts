import { randomUUID } from 'node:crypto';
import { isRecord } from './check-message.ts';
import type { Exchange } from './exchange.ts';
import type { MailWorld } from './mail-world.ts';
import {
  webhookTriggers,
  type NameValue,
  type WebhookRow,
  type WebhookTrigger,
} from './records.ts';
import { zuluTime } from './postmark-time.ts';
import { serverId } from './webhook-payloads.ts';
import { postOnce } from './webhook-posts.ts';

type Raw = Readonly<Record<string, unknown>>;

/** `GET /webhooks` */
export function listWebhooks(world: MailWorld, exchange: Exchange): void {
  const stream = exchange.url.searchParams.get('MessageStream');
  const rows = [...world.box.webhooks.values()].filter(
    (each) => stream === null || each.stream === stream,
  );
  exchange.json(200, { Webhooks: rows.map(webhookView) });
}

/** `GET /webhooks/:id` */
export function showWebhook(world: MailWorld, exchange: Exchange, id: string): void {
  const webhook = find(world, exchange, id);
  if (webhook) exchange.json(200, webhookView(webhook));
}

/** `POST /webhooks` and `PUT /webhooks/:id`: every enabled trigger must answer a probe with 200, or nothing is saved. */
export async function saveWebhook(
  world: MailWorld,
  exchange: Exchange,
  id: string | null,
): Promise<void> {
  const present = id === null ? undefined : find(world, exchange, id);
  if (id !== null && !present) return;
  const raw = parse(exchange.body);
  const webhook = raw && readWebhook(world, raw, present);
  if (!raw || !webhook) {
    exchange.refuse(
      422,
      1350,
      'A webhook needs a Url with http or https and a MessageStream of this server.',
    );
    return;
  }
  const verified = raw['Verify'] !== false;
  if (verified && !(await isReachable(world, webhook))) {
    refuseUnreachable(exchange);
    return;
  }
  const saved: WebhookRow = { ...webhook, status: verified ? 'verified' : 'unverified' };
  await world.box.record({ kind: 'webhook', webhook: saved });
  exchange.json(200, webhookView(saved));
}

/** `POST /webhooks/:id/verify` */
export async function verifyWebhook(
  world: MailWorld,
  exchange: Exchange,
  id: string,
): Promise<void> {
  const webhook = find(world, exchange, id);
  if (!webhook) return;
  if (!(await isReachable(world, webhook))) {
    refuseUnreachable(exchange);
    return;
  }
  const saved: WebhookRow = { ...webhook, status: 'verified' };
  await world.box.record({ kind: 'webhook', webhook: saved });
  exchange.json(200, webhookView(saved));
}

/** `DELETE /webhooks/:id` */
export async function removeWebhook(
  world: MailWorld,
  exchange: Exchange,
  id: string,
): Promise<void> {
  const webhook = find(world, exchange, id);
  if (!webhook) return;
  await world.box.record({ kind: 'webhook-removed', webhookId: webhook.id });
  exchange.json(200, { ErrorCode: 0, Message: `Webhook ${webhook.id} removed.` });
}

/** How the sandbox's start options say where events go. */
export interface WebhookTarget {
  readonly url: string;
  readonly auth?: { readonly username: string; readonly password: string } | undefined;
  readonly headers?: readonly NameValue[] | undefined;
}

/** Sets the webhooks of the start options, one per sending stream, in place of those of the last start. */
export async function setTargetFromOptions(
  world: MailWorld,
  target: WebhookTarget | null,
): Promise<void> {
  const present = [...world.box.webhooks.values()];
  for (const { id } of present.filter(({ fromOptions }) => fromOptions)) {
    await world.box.record({ kind: 'webhook-removed', webhookId: id });
  }
  if (!target) return;
  const streams = Object.entries(world.settings.streams).filter(([, kind]) => kind !== 'Inbound');
  for (const [index, [stream]] of streams.entries()) {
    const webhook: WebhookRow = {
      // the same number at every start: posts still on their way find their webhook
      id: index + 1,
      url: target.url,
      stream,
      auth: target.auth ?? null,
      headers: target.headers ?? [],
      triggers: ['Delivery', 'Bounce', 'SpamComplaint', 'SubscriptionChange'],
      includeContent: false,
      status: 'verified',
      fromOptions: true,
    };
    await world.box.record({ kind: 'webhook', webhook });
  }
}

function refuseUnreachable(exchange: Exchange): void {
  exchange.refuse(422, 1364, 'The webhook URL did not answer every enabled trigger with HTTP 200.');
}

async function isReachable(world: MailWorld, webhook: WebhookRow): Promise<boolean> {
  for (const trigger of webhook.triggers) {
    const body = JSON.stringify(probePayload(webhook, trigger, zuluTime(world.clock.nowMs())));
    const { status } = await postOnce(world, webhook, { body, headers: {}, wrongAuth: false });
    if (status !== 200) return false;
  }
  return true;
}

/** The probe's true content is not documented; ids that nobody knows are the honest guess. */
function probePayload(webhook: WebhookRow, RecordType: WebhookTrigger, at: string): object {
  return {
    RecordType,
    MessageStream: webhook.stream,
    ServerID: serverId,
    MessageID: randomUUID(),
    Recipient: 'probe@sandbox.example',
    Email: 'probe@sandbox.example',
    ID: 1,
    Tag: 'probe',
    DeliveredAt: at,
    BouncedAt: at,
    ChangedAt: at,
    Metadata: {},
  };
}

function find(world: MailWorld, exchange: Exchange, id: string): WebhookRow | undefined {
  const webhook = world.box.webhooks.get(Number(id));
  if (!webhook) exchange.refuse(422, 1351, `There is no webhook ${id}.`);
  return webhook;
}

/** What is not said stays as it is. */
function readWebhook(
  world: MailWorld,
  raw: Raw,
  present: WebhookRow = newWebhook(world),
): WebhookRow | undefined {
  const url = textOr(raw['Url'], present.url);
  const stream = textOr(raw['MessageStream'], present.stream);
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined;
  if (!world.settings.streams[stream]) return undefined;
  return {
    ...present,
    url,
    stream,
    auth: readAuth(raw['HttpAuth']) ?? present.auth,
    headers: readHeaders(raw['HttpHeaders']) ?? present.headers,
    ...readTriggers(raw['Triggers']),
    fromOptions: false,
  };
}

function newWebhook(world: MailWorld): WebhookRow {
  return {
    // the first hundred numbers belong to the start options
    id: Math.max(100, ...world.box.webhooks.keys()) + 1,
    url: '',
    stream: 'outbound',
    auth: null,
    headers: [],
    triggers: [],
    includeContent: false,
    status: 'unverified',
    fromOptions: false,
  };
}

function readTriggers(raw: unknown): Partial<Pick<WebhookRow, 'triggers' | 'includeContent'>> {
  if (!isRecord(raw)) return {};
  return {
    triggers: webhookTriggers.filter((name) => flag(raw[name], 'Enabled')),
    includeContent: flag(raw['Bounce'], 'IncludeContent'),
  };
}

function webhookView(webhook: WebhookRow): object {
  const enabled = (name: WebhookTrigger) => ({ Enabled: webhook.triggers.includes(name) });
  const withContent = (name: WebhookTrigger) => ({
    ...enabled(name),
    IncludeContent: webhook.includeContent,
  });
  return {
    ID: webhook.id,
    Url: webhook.url,
    MessageStream: webhook.stream,
    Status: webhook.status,
    HttpAuth: webhook.auth && { Username: webhook.auth.username, Password: webhook.auth.password },
    HttpHeaders: webhook.headers,
    Triggers: {
      Open: { ...enabled('Open'), PostFirstOpenOnly: false },
      Click: enabled('Click'),
      Delivery: enabled('Delivery'),
      Bounce: withContent('Bounce'),
      SpamComplaint: withContent('SpamComplaint'),
      SubscriptionChange: enabled('SubscriptionChange'),
    },
  };
}

function readAuth(raw: unknown): WebhookRow['auth'] {
  if (!isRecord(raw)) return null;
  return { username: textOr(raw['Username'], ''), password: textOr(raw['Password'], '') };
}

function readHeaders(raw: unknown): readonly NameValue[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  return raw
    .filter(isRecord)
    .map((each) => ({ Name: textOr(each['Name'], ''), Value: textOr(each['Value'], '') }));
}

function flag(raw: unknown, name: string): boolean {
  return isRecord(raw) && raw[name] === true;
}

function textOr(raw: unknown, otherwise: string): string {
  return typeof raw === 'string' ? raw : otherwise;
}

function parse(body: string): Raw | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
