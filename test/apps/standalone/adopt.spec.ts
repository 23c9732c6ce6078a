import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import {
  openDataDirectory,
  type DataDirectory,
} from '../../../apps/standalone/data/data-directory.ts';
import { postgresPart } from '../../../apps/standalone/parts/postgres-part.ts';
import { temporalPart } from '../../../apps/standalone/parts/temporal-part.ts';
import { accountForPostgres } from '../../../apps/standalone/postgres/binaries.ts';
import { urlOf } from '../../../apps/standalone/postgres/postgres-server.ts';
import { freePort } from '../../support/free-port.ts';
import {
  hasEnded,
  isRunning,
  signalProcess,
} from '../../../apps/standalone/processes/process-table.ts';
import type { Part, StartAttempt } from '../../../apps/standalone/supervision/part.ts';
import { openProcessRecords } from '../../../apps/standalone/supervision/process-records.ts';
import { withDatabase } from '../../../apps/standalone/database/prepare-database.ts';
import { accepts } from '../../../apps/standalone/temporal/temporal-server.ts';
import { temporalExecutable } from '../../support/temporal.ts';
import { testRunDirectory } from '../../support/test-run.ts';

const attempt: StartAttempt = { say: () => undefined, signal: new AbortController().signal };

// Below the run's folder, so that its end also ends what a failing test leaves behind.
function freshDirectory(): DataDirectory {
  chmodSync(testRunDirectory(), 0o755);
  const folder = mkdtempSync(join(testRunDirectory(), 'installation-'));
  chmodSync(folder, 0o755);
  return openDataDirectory(folder, accountForPostgres() !== null);
}

describe('Postgres', () => {
  let part: Part;
  let url: string;

  beforeEach(async () => {
    const directory = freshDirectory();
    const server = { port: await freePort(), password: randomBytes(12).toString('hex') };
    url = urlOf(server, 'daymark');
    part = postgresPart({ directory, ...server, account: accountForPostgres() });
  });

  const ask = (sql: string) => withDatabase(url, ({ pool }) => pool.rows(sql));

  it('is taken over by a second supervisor while it runs, and ends when that one stops it', async () => {
    const pid = await part.start(attempt);

    expect(await part.adopt()).toBe(pid);

    await part.stop(pid);
    expect(await part.adopt()).toBeNull();
    expect(await hasEnded(pid, 0)).toBe(true);
  });

  it('starts again on the same data after it was killed', async () => {
    const killed = await part.start(attempt);
    await ask('create table kept (word text)');
    await ask("insert into kept values ('still here')");

    signalProcess(killed, 'SIGKILL');
    await hasEnded(killed, 10_000);
    expect(await part.adopt()).toBeNull();
    const pid = await part.start(attempt);

    expect(await ask('select kept.word from kept')).toEqual([{ word: 'still here' }]);
    await part.stop(pid);
  }, 60_000);
});

describe('Temporal', () => {
  async function aServer() {
    const directory = freshDirectory();
    const executable = await temporalExecutable();
    const port = await freePort();
    const uiPort = await freePort();
    const another = (): Part => {
      const records = openProcessRecords(directory.processes);
      return temporalPart({ directory, executable, port, uiPort, records });
    };
    return { another, port };
  }

  it('is taken over by a second supervisor that only knows the data folder', async () => {
    const { another } = await aServer();
    const pid = await another().start(attempt);

    const second = another();

    expect(await second.adopt()).toBe(pid);
    await second.stop(pid);
    expect(isRunning(pid)).toBe(false);
  }, 60_000);

  it('is not looked for in a process that was merely given its number', async () => {
    const directory = freshDirectory();
    const records = openProcessRecords(directory.processes);
    records.write('temporal', { pid: process.pid, startedWith: directory.temporalDatabase });
    const executable = await temporalExecutable();
    const place = { directory, executable, records };
    const part = temporalPart({ ...place, port: await freePort(), uiPort: await freePort() });

    expect(await part.adopt()).toBeNull();
  });

  it('starts again after it was killed', async () => {
    const { another, port } = await aServer();
    const killed = await another().start(attempt);

    signalProcess(killed, 'SIGKILL');
    await hasEnded(killed, 10_000);
    expect(await another().adopt()).toBeNull();
    const pid = await another().start(attempt);

    expect(await accepts(port)).toBe(true);
    await another().stop(pid);
  }, 60_000);
});
