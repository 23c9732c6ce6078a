import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { readSchemaState, type SchemaState } from '../../database/migrate.ts';

/** The database has a schema this release does not know; the message says what to do. */
export class UnknownSchema extends Error {
  override readonly name = 'UnknownSchema';
}

const pauseMs = 2_000;

/**
 * Waits while the database is away, and says so; returns false when told to stop meanwhile.
 * @throws UnknownSchema when its schema is older or newer than this release.
 */
export async function awaitSchema(
  databaseUrl: string,
  log: Logger,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    const state = await readSchemaState(databaseUrl).catch((error: unknown) => {
      log.warn({ err: error }, 'The database is away; tries again');
      return null;
    });
    if (state?.kind === 'current') return true;
    if (state !== null) throw new UnknownSchema(inWords(state));
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

function inWords(state: Exclude<SchemaState, { kind: 'current' }>): string {
  return state.kind === 'behind'
    ? `The database lacks ${state.missing.join(', ')}: run "daymark migrate" and start again`
    : `The database has ${state.unknown.join(', ')}, which this release does not know: start a newer one`;
}
