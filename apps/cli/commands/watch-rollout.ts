import { setTimeout as pause } from 'node:timers/promises';
import type { Cli } from '../cli.ts';
import { contentOf } from '../daymark-api.ts';
import type { components } from '../generated/api.ts';
import { moment } from '../output/moment.ts';

type StoryEntry = components['schemas']['StoryEntry'];

const pauseMs = 1_000;
const pageSize = 200;

/** Prints the story of a rollout as it happens; ends with the rollout, or when the person has seen enough. */
export async function watchRollout(
  cli: Cli,
  id: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const stream = followEvents(cli);
  let cursor: string | null = null;
  for (;;) {
    let page = await readPage(cli, id, cursor);
    while (page.items.length > 0) {
      for (const entry of page.items) cli.write(`${lineOf(entry, options)}\n`);
      cursor = String(page.items.at(-1)?.position ?? cursor);
      page = await readPage(cli, id, cursor);
    }
    const path = { id };
    const { state } = await contentOf(cli.api().GET('/v1/rollouts/{id}', { params: { path } }));
    if (cli.signal.aborted || state === 'done' || state === 'stopped' || state === 'closed') break;
    await stream.next();
  }
  stream.close();
}

async function readPage(cli: Cli, id: string, cursor: string | null) {
  const query = { limit: pageSize, ...(cursor === null ? {} : { cursor }) };
  return await contentOf(
    cli.api().GET('/v1/rollouts/{id}/story', { params: { path: { id }, query } }),
  );
}

function lineOf(entry: StoryEntry, { json }: { readonly json?: boolean }): string {
  if (json) return JSON.stringify(entry);
  const client = entry.client === null ? '' : `${entry.client.name}: `;
  return `${moment(entry.at)}  ${client}${entry.text}`;
}

/** Says when something changed; a stream that breaks is opened again, and until then it is asked each second. */
function followEvents(cli: Cli): {
  readonly next: () => Promise<void>;
  readonly close: () => void;
} {
  const { url, token } = cli.connection();
  const closing = new AbortController();
  const signal = AbortSignal.any([closing.signal, cli.signal]);
  let wake: () => void = () => undefined;
  const listen = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
        const response = await fetch(new URL('/v1/events', url), { headers, signal });
        const text = response.body?.pipeThrough(new TextDecoderStream());
        for await (const chunk of text ?? []) {
          if (chunk.includes('data:')) wake();
        }
      } catch {
        wake();
      }
      await pause(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  };
  void listen();
  return {
    next: () =>
      Promise.race([
        new Promise<void>((resolve) => {
          wake = resolve;
        }),
        pause(5 * pauseMs, undefined, { signal }).catch(() => undefined),
      ]),
    close: () => {
      closing.abort();
    },
  };
}
