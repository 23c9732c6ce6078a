import { identifyServer } from '../../../database/server.ts';
import type { DataDirectory } from '../data/data-directory.ts';
import { findPostgresBinaries, type Account } from '../postgres/binaries.ts';
import {
  recordedPostmaster,
  startPostgres,
  stopPostgres,
  urlOf,
  type PostgresSettings,
} from '../postgres/postgres-server.ts';
import { isRunningWith } from '../processes/process-table.ts';
import type { Part } from '../supervision/part.ts';
import { demandFreePort } from './demand-free-port.ts';

/** The embedded database; adopted when it serves our data folder. */
export function postgresPart(place: {
  readonly directory: DataDirectory;
  readonly port: number;
  readonly password: string;
  readonly account: Account | null;
}): Part {
  const { directory, port, password, account } = place;
  const dataDirectory = directory.postgres;
  const isOurs = async (pid: number): Promise<boolean> => {
    if (!isRunningWith(pid, dataDirectory)) return false;
    try {
      const identity = await identifyServer(urlOf({ port, password }, 'postgres'));
      return identity.dataDirectory === dataDirectory;
    } catch {
      return false;
    }
  };
  return {
    name: 'postgres',
    adopt: async () => {
      const pid = recordedPostmaster(dataDirectory);
      return pid !== null && (await isOurs(pid)) ? pid : null;
    },
    start: async () => {
      const pid = recordedPostmaster(dataDirectory);
      // A killed server's children hold the port for a moment; then it is ours to wait for.
      if (pid === null) await demandFreePort(port, 'Postgres', directory.ports);
      const settings: PostgresSettings = {
        binaries: findPostgresBinaries(account),
        dataDirectory,
        port,
        password,
        account,
        logFile: directory.logOf('postgres'),
      };
      return (await startPostgres(settings)).pid;
    },
    stop: stopPostgres,
  };
}
