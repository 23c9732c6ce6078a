import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { MailControl } from './control.ts';
import type { Exchange } from './exchange.ts';
import type { FaultRequest } from './faults.ts';
import type { MailSettings } from './mail-world.ts';

type Handler = (call: {
  readonly control: MailControl;
  readonly exchange: Exchange;
  readonly part: string;
}) => Promise<object> | object;

const text = z.string().min(1);
const count = z.number().int().positive();

const faultBody = z.strictObject({
  fault: text,
  next: count.optional(),
  did: text.optional(),
  tag: text.optional(),
  recipient: text.optional(),
  percent: z.number().min(0).max(100).optional(),
  seed: z.number().int().nonnegative().optional(),
  stored: z.boolean().optional(),
  retryAfterSeconds: z.number().nonnegative().optional(),
  ms: z.number().nonnegative().optional(),
  times: count.optional(),
  bounceType: text.optional(),
  location: text.optional(),
});

const settingsBody = z.strictObject({
  indexLagMs: z.number().nonnegative().optional(),
  outcomeDelayMs: z.number().nonnegative().optional(),
  suppressionLagMs: z.number().nonnegative().optional(),
  retentionDays: z.number().positive().optional(),
  account: z.enum(['active', 'pending', 'blocked']).optional(),
  webhookRetries: z.enum(['A', 'B', 'C']).optional(),
  webhookMinuteMs: z.number().positive().optional(),
  webhookTimeoutMs: z.number().positive().optional(),
  trickleMs: z.number().positive().optional(),
});

const webhookBody = z.strictObject({
  url: z.url(),
  auth: z.strictObject({ username: text, password: text }).optional(),
  headers: z.array(z.strictObject({ Name: text, Value: z.string() })).optional(),
});

const releaseBody = z.strictObject({ ending: z.enum(['answer', 'drop']).default('answer') });
const bounceBody = z.strictObject({ messageId: text, type: text });
const suppressionBody = z.strictObject({
  email: text,
  reason: z.enum(['HardBounce', 'SpamComplaint', 'ManualSuppression']).default('ManualSuppression'),
  stream: text.default('outbound'),
});
const portBody = z.strictObject({ closedForMs: z.number().positive().max(600_000) });
const clockBody = z.strictObject({ advanceMs: z.number().nonnegative() });
const postBody = z.strictObject({
  body: z.string(),
  stream: text.default('outbound'),
  wrongAuth: z.boolean().default(false),
});

const routes: Readonly<Record<string, Handler>> = {
  'GET /control/faults': ({ control }) => ({ faults: control.faults() }),
  'POST /control/faults': ({ control, exchange }) =>
    control.addFault(read(exchange, faultBody) as FaultRequest),
  'DELETE /control/faults': ({ control }) => {
    control.clearFaults();
    return { faults: [] };
  },
  'DELETE /control/faults/:id': ({ control, part }) => {
    control.clearFaults(Number(part));
    return { faults: control.faults() };
  },
  'GET /control/arrivals': ({ control, exchange }) => listArrivals(control, exchange),
  'POST /control/arrivals/:id/release': ({ control, exchange, part }) => {
    const { ending } = read(exchange, releaseBody);
    return { released: control.release(part === 'all' ? 'all' : Number(part), ending) };
  },
  'GET /control/messages': ({ control, exchange }) => ({
    messages: control.messages(filterOf(exchange)),
  }),
  'DELETE /control/messages': async ({ control }) => {
    await control.empty();
    return { messages: [] };
  },
  'GET /control/duplicates': ({ control, exchange }) => control.duplicates(filterOf(exchange)),
  'POST /control/messages/show-in-search': async ({ control, exchange }) => ({
    shown: await control.showInSearch(filterOf(exchange)),
  }),
  'GET /control/requests': ({ control }) => ({ requests: control.requests() }),
  'GET /control/webhook-attempts': ({ control }) => ({
    attempts: control.webhookAttempts(),
    pending: control.pendingWebhooks(),
  }),
  'PUT /control/webhook': async ({ control, exchange }) => {
    await control.setWebhook(read(exchange, webhookBody));
    return {};
  },
  'POST /control/webhook-posts': async ({ control, exchange }) => {
    const { body, ...options } = read(exchange, postBody);
    return { statuses: await control.postToWebhooks(body, options) };
  },
  'GET /control/settings': ({ control }) => control.settings(),
  'PUT /control/settings': ({ control, exchange }) =>
    control.changeSettings(read(exchange, settingsBody) as Partial<MailSettings>),
  'POST /control/bounces': async ({ control, exchange }) => {
    const { messageId, type } = read(exchange, bounceBody);
    await control.bounce(messageId, type);
    return {};
  },
  'POST /control/suppressions': async ({ control, exchange }) => {
    const { email, reason, stream } = read(exchange, suppressionBody);
    return { done: await control.suppress(email, reason, stream) };
  },
  'GET /control/clock': ({ control }) => ({ now: control.now() }),
  'POST /control/clock': ({ control, exchange }) => ({
    now: control.advanceClock(read(exchange, clockBody).advanceMs),
  }),
  'POST /control/port': ({ control, exchange }) => {
    const { closedForMs } = read(exchange, portBody);
    exchange.response.once('close', () => void closeFor(control, closedForMs));
    return { closedForMs };
  },
};

/** Answers a call of the control API; a wrong one is told what is wrong with it. */
export async function handleControl(control: MailControl, exchange: Exchange): Promise<void> {
  await exchange.readBody(4 * 1024 * 1024);
  const { pathname } = exchange.url;
  const part = /^\/control\/(?:faults|arrivals)\/([^/]+)/.exec(pathname)?.[1] ?? '';
  const pattern = part === '' ? pathname : pathname.replace(`/${part}`, '/:id');
  const handle = routes[`${exchange.method} ${pattern}`];
  if (!handle) {
    const known = Object.keys(routes).join(', ');
    exchange.json(404, {
      problem: `There is no ${exchange.method} ${pathname}; there are ${known}`,
    });
    return;
  }
  // a form on some other page cannot send this type, so it cannot steer us through a browser
  if (
    exchange.method !== 'GET' &&
    exchange.request.headers['content-type'] !== 'application/json'
  ) {
    exchange.json(415, { problem: 'Send Content-Type: application/json' });
    return;
  }
  try {
    exchange.json(200, await handle({ control, exchange, part }));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    exchange.json(400, { problem: error.message });
  }
}

function read<Schema extends z.ZodType>(exchange: Exchange, schema: Schema): z.output<Schema> {
  let raw: unknown;
  try {
    raw = exchange.body === '' ? {} : JSON.parse(exchange.body);
  } catch {
    throw new RangeError('The body is not JSON');
  }
  const result = schema.safeParse(raw);
  if (!result.success) throw new RangeError(z.prettifyError(result.error));
  return result.data;
}

function filterOf(exchange: Exchange) {
  const of = (name: string) => exchange.url.searchParams.get(name) ?? undefined;
  return {
    did: of('did'),
    key: of('key'),
    rollout: of('rollout'),
    recipient: of('recipient'),
    tag: of('tag'),
    thread: of('thread'),
    since: of('since'),
    until: of('until'),
    fault: of('fault'),
  };
}

/** With `waitMs` the answer waits until a call that fits hangs, or that long. */
async function listArrivals(control: MailControl, exchange: Exchange): Promise<object> {
  const filter = filterOf(exchange);
  const waitMs = Number(exchange.url.searchParams.get('waitMs') ?? '0');
  if (waitMs > 0) {
    await control.waitForArrival(filter, Math.min(waitMs, 60_000)).catch(() => undefined);
  }
  const arrivals = control.arrivals(filter);
  return { arrivals, waiting: arrivals.filter(({ state }) => state === 'waiting').length };
}

async function closeFor(control: MailControl, ms: number): Promise<void> {
  await control.closePort();
  await pause(ms);
  await control.openPort();
}
