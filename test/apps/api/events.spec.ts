import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../../database/in-transaction.ts';
import { numberEvents } from '../../../database/stores/event.store.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import type { EventKind } from '../../../domain/rollout/event-words.ts';

interface Heard {
  readonly id: number;
  readonly kind: string;
}

describe('the live stream', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.close();
  });

  async function happen(...kinds: readonly string[]): Promise<void> {
    for (const kind of kinds) {
      await inTransaction(api.backend.database, (tx) => {
        // A name of the test's own: whoever numbers and sends events reads none.
        tx.record({ kind: kind as EventKind, actor: 'test' });
        return Promise.resolve();
      });
    }
    await inTransaction(api.backend.database, (tx) => numberEvents(tx));
  }

  it('sends what happens from now on, in order', async () => {
    await happen('before');
    const stream = await listen(api);

    await happen('first', 'second');

    const heard = await stream.take(2);
    expect(heard.map(({ kind }) => kind)).toEqual(['first', 'second']);
    await stream.close();
  });

  it('goes on after the last event that was heard, and misses none', async () => {
    const stream = await listen(api);
    await happen('heard');
    const [last] = await stream.take(1);
    await stream.close();
    await happen('missed one', 'missed two');

    const again = await listen(api, { 'last-event-id': String(last?.id) });
    await happen('live');

    const heard = await again.take(3);
    expect(heard.map(({ kind }) => kind)).toEqual(['missed one', 'missed two', 'live']);
    await again.close();
  });

  it('reads a position from the address too', async () => {
    await happen('one more');

    const stream = await listen(api, {}, '?after=0');

    const [first] = await stream.take(1);
    expect(first?.id).toBe(1);
    await stream.close();
  });

  it('is for those who may read', async () => {
    const reply = await api.get('/v1/events', { as: null });

    expect(reply.status).toBe(401);
  });

  it('ends when the process stops, so that nothing keeps it alive', async () => {
    const other = await startApi();
    const stream = await listen(other);

    await other.stop();

    await expect(stream.end()).resolves.toBe('ended');
    await other.close();
  });
});

async function listen(
  { url }: TestApi,
  headers: Readonly<Record<string, string>> = {},
  query = '',
) {
  const aborting = new AbortController();
  const response = await fetch(`${url}/v1/events${query}`, {
    headers: { authorization: 'Bearer dm_test-token-of-pm-0123456789', ...headers },
    signal: aborting.signal,
  });
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  const heard: Heard[] = [];
  const read = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (done) return false;
    const parts = (rest + value).split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const id = /^id: (\d+)$/m.exec(part)?.[1];
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (id !== undefined && data !== undefined) {
        heard.push({ id: Number(id), kind: JSON.parse(data).kind });
      }
    }
    return true;
  };
  // The first chunk comes once the stream knows where it starts.
  await read();
  return {
    take: async (count: number): Promise<readonly Heard[]> => {
      while (heard.length < count && (await read())) continue;
      return heard.splice(0, count);
    },
    end: async (): Promise<string> => {
      while (await read()) continue;
      return 'ended';
    },
    close: async (): Promise<void> => {
      aborting.abort();
      await reader.cancel().catch(() => undefined);
    },
  };
}
