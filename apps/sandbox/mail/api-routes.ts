import { activateBounce, listBounces } from './bounces.ts';
import type { Exchange } from './exchange.ts';
import { showDetails, showDump } from './message-details.ts';
import { testToken, type MailWorld } from './mail-world.ts';
import { searchMessages } from './search.ts';
import { sendBatch, sendOne } from './send.ts';
import { changeSuppressions, dumpSuppressions } from './suppressions.ts';
import {
  listWebhooks,
  removeWebhook,
  saveWebhook,
  showWebhook,
  verifyWebhook,
} from './webhooks.ts';
import { serverId } from './webhook-payloads.ts';

interface Call {
  readonly world: MailWorld;
  readonly exchange: Exchange;
  /** The first and only variable part of the path. */
  readonly part: string;
  readonly isTest: boolean;
}

type Handler = (call: Call) => Promise<void> | void;

const maxBodyBytes = 50 * 1024 * 1024;

const routes: readonly (readonly [method: string, path: RegExp, handle: Handler])[] = [
  ['POST', /^\/email$/, ({ world, exchange, isTest }) => sendOne(world, exchange, isTest)],
  ['POST', /^\/email\/batch$/, ({ world, exchange, isTest }) => sendBatch(world, exchange, isTest)],
  ['GET', /^\/messages\/outbound$/, ({ world, exchange }) => searchMessages(world, exchange)],
  [
    'GET',
    /^\/messages\/outbound\/([^/]+)\/details$/,
    ({ world, exchange, part }) => {
      showDetails(world, exchange, part);
    },
  ],
  [
    'GET',
    /^\/messages\/outbound\/([^/]+)\/dump$/,
    ({ world, exchange, part }) => {
      showDump(world, exchange, part);
    },
  ],
  [
    'GET',
    /^\/bounces$/,
    ({ world, exchange }) => {
      listBounces(world, exchange);
    },
  ],
  [
    'PUT',
    /^\/bounces\/([^/]+)\/activate$/,
    ({ world, exchange, part }) => activateBounce(world, exchange, part),
  ],
  [
    'GET',
    /^\/message-streams$/,
    ({ world, exchange }) => {
      listStreams(world, exchange);
    },
  ],
  [
    'GET',
    /^\/message-streams\/([^/]+)\/suppressions\/dump$/,
    ({ world, exchange, part }) =>
      withStream(world, exchange, part, () => {
        dumpSuppressions(world, exchange, part);
      }),
  ],
  [
    'POST',
    /^\/message-streams\/([^/]+)\/suppressions$/,
    ({ world, exchange, part }) =>
      withStream(world, exchange, part, () =>
        changeSuppressions(world, exchange, { stream: part, wanted: 'Suppressed' }),
      ),
  ],
  [
    'POST',
    /^\/message-streams\/([^/]+)\/suppressions\/delete$/,
    ({ world, exchange, part }) =>
      withStream(world, exchange, part, () =>
        changeSuppressions(world, exchange, { stream: part, wanted: 'Deleted' }),
      ),
  ],
  [
    'GET',
    /^\/webhooks$/,
    ({ world, exchange }) => {
      listWebhooks(world, exchange);
    },
  ],
  ['POST', /^\/webhooks$/, ({ world, exchange }) => saveWebhook(world, exchange, null)],
  [
    'GET',
    /^\/webhooks\/([^/]+)$/,
    ({ world, exchange, part }) => {
      showWebhook(world, exchange, part);
    },
  ],
  [
    'PUT',
    /^\/webhooks\/([^/]+)$/,
    ({ world, exchange, part }) => saveWebhook(world, exchange, part),
  ],
  [
    'DELETE',
    /^\/webhooks\/([^/]+)$/,
    ({ world, exchange, part }) => removeWebhook(world, exchange, part),
  ],
  [
    'POST',
    /^\/webhooks\/([^/]+)\/verify$/,
    ({ world, exchange, part }) => verifyWebhook(world, exchange, part),
  ],
  [
    'GET',
    /^\/server$/,
    ({ exchange }) => {
      exchange.json(200, {
        ID: serverId,
        Name: 'Sandbox',
        ServerLink: '/',
        DeliveryType: 'Live',
        TrackOpens: false,
        TrackLinks: 'None',
      });
    },
  ],
];

/** Answers a call of Postmark's API: token first, then the JSON headers, then the size, then what was asked. */
export async function handleApi(world: MailWorld, exchange: Exchange): Promise<void> {
  if (exchange.method === 'POST' && world.faults.takeUnread('rst-before')) {
    exchange.fault = 'rst-before';
    exchange.reset();
    return;
  }
  const fits = await exchange.readBody(maxBodyBytes);
  const token = exchange.request.headers['x-postmark-server-token'];
  if (typeof token !== 'string' || (token !== testToken && !world.tokens.has(token))) {
    exchange.refuse(
      401,
      10,
      'The Server Token you provided in the X-Postmark-Server-Token request header was invalid.',
    );
    return;
  }
  if (!speaksJson(exchange)) {
    exchange.json(415, { Message: 'Accept and Content-Type must be application/json.' });
    return;
  }
  if (!fits) {
    exchange.refuse(413, 0, 'The request is larger than 50 MB.');
    return;
  }
  await route(world, exchange, token === testToken);
}

async function route(world: MailWorld, exchange: Exchange, isTest: boolean): Promise<void> {
  for (const [method, path, handle] of routes) {
    const match = method === exchange.method ? path.exec(exchange.url.pathname) : null;
    if (!match) continue;
    await handle({ world, exchange, part: decodeURIComponent(match[1] ?? ''), isTest });
    return;
  }
  exchange.json(404, { Message: `There is no ${exchange.method} ${exchange.url.pathname}.` });
}

function speaksJson(exchange: Exchange): boolean {
  const { accept, 'content-type': type } = exchange.request.headers;
  return [accept, type].every((value) => value?.includes('application/json') === true);
}

function listStreams(world: MailWorld, exchange: Exchange): void {
  const streams = Object.entries(world.settings.streams);
  exchange.json(200, {
    TotalCount: streams.length,
    MessageStreams: streams.map(([ID, MessageStreamType]) => ({
      ID,
      ServerID: serverId,
      Name: ID,
      MessageStreamType,
      ArchivedAt: null,
      SubscriptionManagementConfiguration: {
        UnsubscribeHandlingType: MessageStreamType === 'Broadcasts' ? 'Postmark' : 'None',
      },
    })),
  });
}

function withStream(
  world: MailWorld,
  exchange: Exchange,
  stream: string,
  act: () => Promise<void> | void,
): Promise<void> | void {
  if (world.settings.streams[stream]) return act();
  exchange.refuse(422, 1226, `The stream provided: '${stream}' does not exist on this server.`);
}
