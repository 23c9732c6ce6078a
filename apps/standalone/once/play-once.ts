import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Api } from '../demo/api-client.ts';

const rolloutSchema = z.object({
  state: z.string(),
  stateReason: z.string().nullish(),
  total: z.number(),
  done: z.number(),
  counts: z.record(z.string(), z.number()),
});
const clientRows = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      state: z.string(),
      nextText: z.string().nullish(),
      reason: z.string().nullish(),
    }),
  ),
});
const messageList = z.object({ items: z.array(z.object({ status: z.string() })) });

/** A client with its state, as the API tells it. */
export type ClientRow = z.output<typeof clientRows>['items'][number];

/** How a rollout ended, or why nobody waits for it any longer. */
export type Ending =
  | { readonly kind: 'ended'; readonly clients: readonly ClientRow[] }
  | { readonly kind: 'stuck'; readonly clients: readonly ClientRow[]; readonly why: string };

const lookEveryMs = 1_000;
const messagesWithinMs = 60_000;
const onTheWay = ['planned', 'queued', 'sending', 'unknown'];
const finals = ['done', 'stopped', 'closed'];

/** Watches a rollout to its end and its last mail, and tells of each change. */
export async function watchRollout(
  api: Api,
  rolloutId: string,
  watch: { readonly withinMs: number; readonly report: (line: string) => void },
): Promise<Ending> {
  const deadline = performance.now() + watch.withinMs;
  let told = '';
  for (;;) {
    const rollout = await api.get(`/v1/rollouts/${rolloutId}`, rolloutSchema);
    const line = lineOf(rollout);
    if (line !== told) watch.report(line);
    told = line;
    const clients = async (): Promise<readonly ClientRow[]> =>
      (await api.get(`/v1/rollouts/${rolloutId}/clients`, clientRows)).items;
    if (finals.includes(rollout.state)) {
      await waitForMessages(api, rolloutId);
      return { kind: 'ended', clients: await clients() };
    }
    const why = stuckBecause(rollout, performance.now() > deadline, watch.withinMs);
    if (why !== null) return { kind: 'stuck', clients: await clients(), why };
    await pause(lookEveryMs);
  }
}

function stuckBecause(
  { state, stateReason }: z.output<typeof rolloutSchema>,
  isOver: boolean,
  withinMs: number,
): string | null {
  if (state === 'paused') return `The rollout is paused: ${stateReason ?? 'no reason was given'}`;
  return isOver ? `The rollout did not end within ${withinMs / 60_000} minutes` : null;
}

function lineOf({ done, total, counts }: z.output<typeof rolloutSchema>): string {
  const others = Object.entries(counts)
    .filter(([state, count]) => state !== 'done' && count > 0)
    .map(([state, count]) => `${count} ${state}`);
  return [`${done} of ${total} clients done`, ...others].join(', ');
}

/** The last client is done before its mail has left. */
async function waitForMessages(api: Api, rolloutId: string): Promise<void> {
  const deadline = performance.now() + messagesWithinMs;
  while (performance.now() < deadline) {
    const { items } = await api.get(`/v1/rollouts/${rolloutId}/messages`, messageList);
    if (!items.some(({ status }) => onTheWay.includes(status))) return;
    await pause(lookEveryMs);
  }
}
