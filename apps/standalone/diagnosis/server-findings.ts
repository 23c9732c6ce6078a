import { readSchemaState, type SchemaState } from '../../../database/migrate.ts';
import { readServerSettings } from '../../../database/read-models/server-settings.read-model.ts';
import { withDatabase } from '../database/prepare-database.ts';
import { messageOf } from '../display/message-of.ts';
import { answersAt } from '../parts/answers.ts';
import type { Finding } from './finding.ts';

/** Whether the database answers, has the right schema, and keeps what was committed. */
export async function databaseFindings(url: string): Promise<readonly Finding[]> {
  if (url === '') return [notNamed('database', 'DATABASE_URL')];
  try {
    const state = await readSchemaState(url);
    const server = await withDatabase(url, ({ pool }) => readServerSettings(pool));
    const isSafe = server.fsync === 'on' && server.synchronousCommit !== 'off';
    const standby = server.synchronousStandbyNames;
    return [
      { verdict: 'fine', about: 'database', says: `Postgres ${server.version}` },
      schemaFinding(state),
      {
        verdict: isSafe ? 'fine' : 'wrong',
        about: 'database: durability',
        says: `fsync ${server.fsync}, synchronous_commit ${server.synchronousCommit}`,
      },
      {
        verdict: standby === '' ? 'look' : 'fine',
        about: 'database: synchronous standby',
        says: standby === '' ? 'none; a lost machine loses what it alone knew' : standby,
      },
    ];
  } catch (error) {
    return [{ verdict: 'wrong', about: 'database', says: `no answer: ${messageOf(error)}` }];
  }
}

/** Whether somebody listens where Temporal should be. */
export async function temporalFindings(address: string): Promise<readonly Finding[]> {
  if (address === '') return [notNamed('Temporal', 'TEMPORAL_ADDRESS')];
  const isThere = await answersAt(address);
  return [
    {
      verdict: isThere ? 'fine' : 'wrong',
      about: 'Temporal',
      says: isThere ? `answers at ${address}` : `no answer at ${address}`,
    },
  ];
}

function schemaFinding(state: SchemaState): Finding {
  const about = 'database: schema';
  switch (state.kind) {
    case 'current':
      return { verdict: 'fine', about, says: 'current' };
    case 'behind':
      return {
        verdict: 'wrong',
        about,
        says: `lacks ${state.missing.join(', ')}; run "./daymark migrate"`,
      };
    case 'ahead':
      return {
        verdict: 'wrong',
        about,
        says: `newer than this release: ${state.unknown.join(', ')}`,
      };
  }
}

function notNamed(about: string, setting: string): Finding {
  return {
    verdict: 'look',
    about,
    says: `${setting} is not set, and nothing is embedded here yet`,
  };
}
