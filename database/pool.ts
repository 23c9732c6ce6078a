import pg from 'pg';
import { parseInstant } from '../domain/instant.ts';
import { takingTurns } from './taking-turns.ts';

/** Anything SQL can be put to: the pool for reading, a transaction for writing. */
export interface Queryable {
  readonly rows: <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
}

/** A pool whose rows carry instants as ISO texts, dates as texts and 64-bit counters as numbers. */
export interface Pool extends Queryable {
  /**
   * Takes a connection; those who name the same turn get theirs one after the other. Whoever would wait for the same
   * locked row anyway so waits here, without a connection that others need.
   */
  readonly connect: (turn?: string) => Promise<PoolConnection>;
  readonly end: () => Promise<void>;
  /** SQL statements put to the database since the pool was opened; read by the benchmark and metrics. */
  readonly statementCount: () => number;
}

export interface PoolConnection extends Queryable {
  readonly release: (broken?: boolean) => void;
  readonly onNotice: (channel: string, listener: () => void) => Promise<void>;
  readonly onEnd: (listener: () => void) => void;
}

const { INT8, DATE, TIMESTAMPTZ } = pg.types.builtins;

type WireType = Parameters<typeof pg.types.getTypeParser>[0];

const types = {
  getTypeParser: (id: WireType, format?: 'text' | 'binary'): unknown => {
    if (id === TIMESTAMPTZ) return (text: string) => parseInstant(isoOf(text));
    if (id === DATE) return (text: string) => text;
    if (id === INT8) return Number;
    return pg.types.getTypeParser(id, format);
  },
};

/** Postgres writes `2026-11-25 20:00:00.5+00`; the session's zone is UTC, so the offset is always `+00`. */
function isoOf(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`;
}

const nothing = (): void => undefined;

/** Texts made from parts for one question are endless in theory; those after the first so many stay unnamed. */
const mostNames = 400;

/** Names under which a connection keeps a statement's plan: planning takes longer than running for most of ours. */
function statementNames(): { readonly of: (sql: string) => string | undefined } {
  const names = new Map<string, string>();
  return {
    of: (sql) => {
      if (!names.has(sql) && names.size < mostNames) names.set(sql, `daymark_${names.size}`);
      return names.get(sql);
    },
  };
}

/**
 * Opens the pool. Waiting for a lock or idling in a transaction ends after five seconds, so that nobody who died
 * or hangs keeps the vendor's row.
 */
export function openPool(url: string, size = 10): Pool {
  let statements = 0;
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    types,
    // What is asked without waiting for the answer before it leaves at once; it is still answered in order.
    pipeline: true,
    connectionTimeoutMillis: 5_000,
    // A connection takes its plans with it, so it outlives the pauses between two clients.
    idleTimeoutMillis: 60_000,
    options: '-c timezone=UTC -c lock_timeout=5000 -c idle_in_transaction_session_timeout=5000',
  });
  // An idle connection that breaks is replaced at its next use; without a listener it would end the process.
  pool.on('error', nothing);
  // So would one that breaks while it is held, between two statements; the next statement on it fails anyway.
  pool.on('connect', (client) => {
    client.on('error', nothing);
  });
  const names = statementNames();
  const turns = takingTurns();
  const run = async <Row>(
    target: pg.Pool | pg.PoolClient,
    sql: string,
    values: readonly unknown[] = [],
  ) => {
    statements += 1;
    const name = values.length === 0 ? undefined : names.of(sql);
    const query = { text: sql, values: [...values] };
    const result = await target.query(name === undefined ? query : { ...query, name });
    return result.rows as Row[];
  };
  return {
    rows: (sql, values) => run(pool, sql, values),
    statementCount: () => statements,
    end: () => pool.end(),
    connect: async (turn) => {
      const endTurn = turn === undefined ? nothing : await turns.take(turn);
      const client = await pool.connect().catch((error: unknown) => {
        endTurn();
        throw error;
      });
      return {
        rows: (sql, values) => run(client, sql, values),
        release: (broken = false) => {
          client.release(broken);
          endTurn();
        },
        onNotice: async (channel, listener) => {
          client.on('notification', (notice) => {
            if (notice.channel === channel) listener();
          });
          await client.query(`listen ${pg.escapeIdentifier(channel)}`);
        },
        onEnd: (listener) => {
          client.once('error', listener);
          client.once('end', listener);
        },
      };
    },
  };
}
