import { randomUUID } from 'node:crypto';
import type { Subject } from './faults.ts';
import type { MailWorld } from './mail-world.ts';
import { subjectOf } from './message-subject.ts';
import type { StoredMessage, WebhookPost, WebhookRow, WebhookTrigger } from './records.ts';
import type { Payload } from './webhook-payloads.ts';
import { judgeAnswer, retryMinutes } from './webhook-retries.ts';

/** Something that webhooks of its stream and trigger hear of. */
export interface WebhookEvent {
  readonly trigger: WebhookTrigger;
  readonly stream: string;
  readonly message: StoredMessage | null;
  readonly payload: Payload;
}

const monthMs = 30 * 86_400_000;

/** The posts an event causes, faults included; nothing is sent yet. */
export function planPosts(
  world: MailWorld,
  event: WebhookEvent,
  dueAtMs: number,
): readonly WebhookPost[] {
  const listening = [...world.box.webhooks.values()].filter(
    (webhook) =>
      webhook.stream === event.stream &&
      webhook.status === 'verified' &&
      webhook.triggers.includes(event.trigger),
  );
  return listening.flatMap((webhook) => postsTo(world, webhook, event, dueAtMs));
}

/** Sends what is due at its time; answers when the first try of everything due now is over. */
export async function startPosts(world: MailWorld, posts: readonly WebhookPost[]): Promise<void> {
  const nowMs = world.clock.nowMs();
  const later = posts.filter(({ dueAtMs }) => dueAtMs > nowMs);
  for (const post of later) scheduleTry(world, post);
  const now = posts.filter(({ dueAtMs }) => dueAtMs <= nowMs);
  await Promise.all(now.map((post) => tryPost(world, post)));
}

/** Takes up the posts that were still on their way when the process was killed. */
export function resumePosts(world: MailWorld): void {
  for (const post of world.box.posts.values()) scheduleTry(world, post);
}

/** One try to reach a webhook with a body; status 0 = no answer. */
export async function postOnce(
  world: MailWorld,
  webhook: WebhookRow,
  request: { body: string; headers: Readonly<Record<string, string>>; wrongAuth: boolean },
): Promise<{ readonly status: number; readonly problem: string | null }> {
  const url = new URL(webhook.url);
  const auth = webhook.auth ?? authInUrl(url);
  url.username = '';
  url.password = '';
  const secret = request.wrongAuth ? 'wrong' : null;
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'User-Agent': 'Postmark',
    ...Object.fromEntries(webhook.headers.map(({ Name, Value }) => [Name, secret ?? Value])),
    ...request.headers,
  };
  if (auth) {
    const pair = `${auth.username}:${secret ?? auth.password}`;
    headers['Authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`;
  }
  const signal = AbortSignal.any([
    world.stopping,
    AbortSignal.timeout(world.settings.webhookTimeoutMs),
  ]);
  try {
    const answer = await fetch(url, { method: 'POST', headers, body: request.body, signal });
    await answer.arrayBuffer();
    return { status: answer.status, problem: null };
  } catch (error) {
    return { status: 0, problem: describeProblem(error) };
  }
}

function postsTo(
  world: MailWorld,
  webhook: WebhookRow,
  event: WebhookEvent,
  dueAtMs: number,
): readonly WebhookPost[] {
  const subject = subjectOfEvent(event);
  const { faults } = world;
  if (faults.take(['webhook-drop'], subject)) return [];
  const delayMs = faults.take(['webhook-delay'], subject)?.ms ?? 0;
  const padded = faults.take(['webhook-large'], subject)
    ? { ...event.payload, Details: 'x'.repeat(1024 * 1024) }
    : event.payload;
  const { Content, ...withoutContent } = padded;
  const payload = webhook.includeContent && Content !== undefined ? padded : withoutContent;
  const genuine: WebhookPost = {
    id: randomUUID(),
    webhookId: webhook.id,
    trigger: event.trigger,
    traceId: randomUUID(),
    body: JSON.stringify(payload),
    wrongAuth: false,
    dueAtMs: dueAtMs + delayMs,
    tries: 0,
  };
  return [genuine, ...extraPosts(world, subject, genuine, payload)];
}

/** What a fault sends beside the genuine post; the same event keeps its trace id. */
function extraPosts(
  world: MailWorld,
  subject: Subject,
  genuine: WebhookPost,
  payload: Payload,
): readonly WebhookPost[] {
  const { faults } = world;
  const again = (changes: Partial<WebhookPost> = {}): WebhookPost => ({
    ...genuine,
    id: randomUUID(),
    ...changes,
  });
  const posts: WebhookPost[] = [];
  const duplicate = faults.take(['webhook-duplicate'], subject);
  for (let count = 1; duplicate && count <= (duplicate.times ?? 1); count += 1) {
    posts.push(again({ dueAtMs: genuine.dueAtMs + count * (duplicate.ms ?? 50) }));
  }
  if (faults.take(['webhook-together'], subject)) posts.push(again());
  if (faults.take(['webhook-wrong-auth'], subject)) posts.push(again({ wrongAuth: true }));
  if (faults.take(['webhook-unknown-id'], subject)) {
    const stranger = { ...payload, MessageID: randomUUID(), Metadata: { did: randomUUID() } };
    posts.push(again({ body: JSON.stringify(stranger), traceId: randomUUID() }));
  }
  const replay = faults.take(['webhook-replay'], subject);
  if (replay) posts.push(again({ dueAtMs: genuine.dueAtMs + (replay.ms ?? monthMs) }));
  return posts;
}

function subjectOfEvent({ message, payload }: WebhookEvent): Subject {
  if (message) return subjectOf(message);
  const recipient = payload['Recipient'];
  return { recipients: typeof recipient === 'string' ? [recipient] : [] };
}

function scheduleTry(world: MailWorld, post: WebhookPost): void {
  world.schedule.at(post.dueAtMs, () => tryPost(world, post));
}

async function tryPost(world: MailWorld, post: WebhookPost): Promise<void> {
  const webhook = world.box.webhooks.get(post.webhookId);
  if (!webhook || isStopping(world)) return;
  const reading = world.settings.webhookRetries;
  const minutes = retryMinutes(reading, post.trigger);
  const retriesRemaining = minutes.length - post.tries;
  const { status, problem } = await postOnce(world, webhook, {
    body: post.body,
    wrongAuth: post.wrongAuth,
    headers: {
      'X-PM-Webhook-Trace-Id': post.traceId,
      'X-PM-Retries-Remaining': String(retriesRemaining),
    },
  });
  // a post cut off by our own end is tried again after the next start
  if (status === 0 && isStopping(world)) return;
  const wait = judgeAnswer(reading, status) === 'again' ? minutes[post.tries] : undefined;
  const atMs = world.clock.nowMs();
  const nextAtMs = wait === undefined ? null : atMs + wait * world.settings.webhookMinuteMs;
  const { id: postId, webhookId, trigger, traceId } = post;
  const number = post.tries + 1;
  const about = { postId, webhookId, trigger, traceId, number, retriesRemaining };
  await world.box.record({
    kind: 'attempt',
    attempt: { ...about, atMs, status, problem },
    nextAtMs,
  });
  if (nextAtMs !== null) scheduleTry(world, { ...post, dueAtMs: nextAtMs, tries: number });
}

function isStopping({ stopping }: MailWorld): boolean {
  return stopping.aborted;
}

function authInUrl(url: URL): WebhookRow['auth'] {
  if (url.username === '') return null;
  return {
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
  };
}

function describeProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.name === 'TimeoutError' ? 'timeout' : error.message;
}
