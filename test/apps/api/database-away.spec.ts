import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../support/api.ts';
import { freshDatabase, type TestDatabase } from '../../support/postgres.ts';

describe('an API whose database goes away', () => {
  let database: TestDatabase;
  let way: Way;
  let api: TestApi;

  beforeAll(async () => {
    database = await freshDatabase();
    way = await openWay(database.url);
    api = await startApi({}, { url: way.url, drop: () => database.drop() });
  });

  afterAll(async () => {
    await api.close();
    await way.close();
  });

  it('says so with 503, is not ready, and works again by itself', async () => {
    way.interrupt();
    const away = await Promise.all([
      api.get('/readyz', { as: null }),
      api.get('/v1/clients'),
      api.post('/v1/changes', { kind: 'release', version: '1.0.0', title: 'Maps' }),
      api.get('/livez', { as: null }),
    ]);
    way.restore();
    const back = await Promise.all([api.get('/readyz', { as: null }), api.get('/v1/clients')]);

    expect(away.map(({ status }) => status)).toEqual([503, 503, 503, 200]);
    expect(away[1].body.code).toBe('DATABASE_AWAY');
    expect(away[1].headers.get('retry-after')).toBe('5');
    expect(back.map(({ status }) => status)).toEqual([200, 200]);
  });
});

/** A way to the database that can be cut. */
interface Way {
  readonly url: string;
  readonly interrupt: () => void;
  readonly restore: () => void;
  readonly close: () => Promise<void>;
}

async function openWay(databaseUrl: string): Promise<Way> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((socket) => {
    if (isCut) {
      socket.destroy();
      return;
    }
    const further = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [socket, further],
      [further, socket],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    interrupt: () => {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    restore: () => {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
