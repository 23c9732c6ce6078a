import { join } from 'node:path';
import type { DataDirectory } from '../data/data-directory.ts';
import { isRunningWith, stopProcess } from '../processes/process-table.ts';
import type { Part } from '../supervision/part.ts';
import type { ProcessRecords } from '../supervision/process-records.ts';
import { temporalCli } from '../temporal/executables.ts';
import { findTemporalExecutable } from '../temporal/find-executable.ts';
import { accepts, startTemporal } from '../temporal/temporal-server.ts';
import { demandFreePort } from './demand-free-port.ts';

const name = 'temporal';
const stopWithinMs = 10_000;

/** Finds the server's program, or fetches it into the project's cache. */
export async function temporalProgram(
  root: string,
  report: (line: string) => void,
): Promise<string> {
  const cacheDirectory = join(root, '.daymark', 'cache');
  return await findTemporalExecutable(temporalCli, { cacheDirectory, report });
}

/** The embedded Temporal server; adopted when its command line names our database file. */
export function temporalPart(place: {
  readonly directory: DataDirectory;
  readonly executable: string;
  readonly port: number;
  readonly uiPort: number;
  readonly records: ProcessRecords;
}): Part {
  const { directory, records, port, uiPort } = place;
  const databaseFile = directory.temporalDatabase;
  return {
    name,
    adopt: async () => {
      const pid = records.read(name)?.pid ?? 0;
      if (pid === 0 || !isRunningWith(pid, databaseFile)) return null;
      return (await accepts(port)) ? pid : null;
    },
    start: async () => {
      for (const each of [port, uiPort]) await demandFreePort(each, 'Temporal', directory.ports);
      const logFile = directory.logOf(name);
      const pid = await startTemporal({ ...place, databaseFile, logFile });
      records.write(name, { pid, startedWith: databaseFile });
      return pid;
    },
    stop: async (pid) => {
      await stopProcess(pid, 'SIGTERM', stopWithinMs);
      records.write(name, null);
    },
  };
}
