import 'reflect-metadata';
import { hash } from '@node-rs/argon2';
import { hashOfSecret } from '../../apps/api/src/access/secrets.ts';
import type { Caller } from '../../apps/api/src/access/permissions.ts';
import type { Backend } from '../../apps/api/src/backend.ts';
import { readApiConfig } from '../../apps/api/src/config.ts';
import { createApi } from '../../apps/api/src/create-api.ts';
import { openBackend } from '../../apps/api/src/open-backend.ts';
import { inTransaction } from '../../database/in-transaction.ts';
import type { Pool } from '../../database/pool.ts';
import { seedDefaults } from '../../database/seed-defaults.ts';
import { addToken } from '../../database/stores/api-token.store.ts';
import { addStaff } from '../../database/stores/staff.store.ts';
import { databaseClock } from '../../database/clock.ts';
import { freshDatabase, type TestDatabase } from './postgres.ts';
import { openPool } from '../../database/pool.ts';

/** An answer as it came over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body read as JSON; null when it is none. */
  // Tests look into answers of every shape; what does not fit fails the test.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** One field of every entry of a list in an answer. */
export function pluck(list: unknown, field: string): readonly unknown[] {
  return (list as readonly Readonly<Record<string, unknown>>[]).map((each) => each[field]);
}

/** What one call brings along. */
export interface Call {
  /** `pm` unless said otherwise; null = nobody. */
  readonly as?: Caller['role'] | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is instead of JSON. */
  readonly raw?: string | Buffer;
}

/** The real application on a database of the test's own. */
export interface TestApi {
  readonly url: string;
  readonly pool: Pool;
  readonly backend: Backend;
  /** Loops that committed decisions wanted woken. */
  readonly wakes: string[];
  readonly webhookSecret: string;
  readonly get: (path: string, call?: Call) => Promise<Reply>;
  readonly post: (path: string, body?: unknown, call?: Call) => Promise<Reply>;
  readonly put: (path: string, body?: unknown, call?: Call) => Promise<Reply>;
  readonly delete: (path: string, call?: Call) => Promise<Reply>;
  /** Only ends the application; the database stays for whoever looks at it. */
  readonly stop: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const roles = ['pm', 'support', 'admin', 'ci'] as const;
const tokenOf = (role: string): string => `dm_test-token-of-${role}-0123456789`;

/** The password of every member of staff of a test. */
export const staffPassword = 'correct horse battery';

/** Starts the API with seeded defaults, a token for each role, and three people who may sign in. */
export async function startApi(
  settings: Readonly<Record<string, string>> = {},
  database?: TestDatabase,
): Promise<TestApi> {
  const fresh = database ?? (await freshDatabase());
  const wakes: string[] = [];
  const webhookSecret = 'webhook-secret-of-the-test';
  const config = readApiConfig({
    DATABASE_URL: fresh.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    DAYMARK_BASE_URL: 'http://127.0.0.1:4000',
    DAYMARK_SECRET: 'a secret of at least thirty-two characters',
    DAYMARK_MAIL_FROM: 'Parkwise <releases@parkwise.example>',
    DAYMARK_WEBHOOK_SECRET: webhookSecret,
    ...settings,
  });
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const engine = { wake: () => Promise.resolve(), close: () => Promise.resolve() };
  const opened = openBackend(config, silent, engine);
  // Noted at the commit: the signal itself leaves some moments after the answer.
  const { onWakes } = opened.backend.database;
  Object.assign(opened.backend.database, {
    onWakes: (workflowIds: readonly string[]) => {
      wakes.push(...workflowIds);
      onWakes(workflowIds);
    },
  });
  await seed(opened.backend);
  const app = await createApi(opened.backend);
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const pool = openPool(fresh.url, 2);
  let isStopped = false;
  const stop = async (): Promise<void> => {
    if (isStopped) return;
    isStopped = true;
    opened.stopTaking();
    await app.close();
    await opened.close();
  };
  const send = sender(url);
  return {
    url,
    pool,
    backend: opened.backend,
    wakes,
    webhookSecret,
    get: (path, call) => send('GET', path, undefined, call),
    post: (path, body, call) => send('POST', path, body, call),
    put: (path, body, call) => send('PUT', path, body, call),
    delete: (path, call) => send('DELETE', path, undefined, call),
    stop,
    close: async () => {
      await stop();
      await pool.end();
      await fresh.drop();
    },
  };
}

async function seed({ database }: Backend): Promise<void> {
  await seedDefaults(database, { name: 'Parkwise', live: true, actor: 'test' });
  const passwordHash = await hash(staffPassword);
  await inTransaction({ ...database, clock: databaseClock }, async (tx) => {
    for (const role of roles) {
      await addToken(tx, {
        name: role,
        role,
        tokenHash: hashOfSecret(tokenOf(role)),
        actor: 'test',
      });
      if (role === 'ci') continue;
      const email = `${role}@parkwise.example`;
      await addStaff(tx, {
        email,
        name: role,
        role,
        mayControl: false,
        passwordHash,
        actor: 'test',
      });
    }
  });
}

function sender(url: string) {
  return async (method: string, path: string, body?: unknown, call: Call = {}): Promise<Reply> => {
    const { as = 'pm', headers = {}, raw } = call;
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
        ...(as === null ? {} : { authorization: `Bearer ${tokenOf(as)}` }),
        ...headers,
      },
      ...(sent === undefined ? {} : { body: sent }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
