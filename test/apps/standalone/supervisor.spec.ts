import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from '../../../apps/standalone/display/progress.ts';
import {
  hasEnded,
  isRunning,
  signalProcess,
  stopProcess,
} from '../../../apps/standalone/processes/process-table.ts';
import type { Part } from '../../../apps/standalone/supervision/part.ts';
import { Supervisor } from '../../../apps/standalone/supervision/supervisor.ts';

let said: string[];
let supervisor: Supervisor;

beforeEach(() => {
  said = [];
  const progress: Progress = {
    show: () => undefined,
    settle: (part, text) => said.push(`${part} ${text}`),
    say: (line) => said.push(line),
  };
  supervisor = new Supervisor(progress);
});

afterEach(async () => {
  await supervisor.stop();
});

interface TestPart extends Part {
  /** Every process that was started for the part. */
  readonly pids: number[];
}

function aPart(name: string, changes: Partial<Part> = {}): TestPart {
  const pids: number[] = [];
  return {
    pids,
    name,
    adopt: () => Promise.resolve(null),
    start: () => {
      pids.push(longRunningProcess());
      return Promise.resolve(pids.at(-1) ?? 0);
    },
    stop: (pid) => stopProcess(pid, 'SIGTERM', 5_000),
    ...changes,
  };
}

function longRunningProcess(): number {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], {
    stdio: 'ignore',
  });
  return child.pid ?? 0;
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!isTrue()) {
    if (performance.now() > deadline) {
      throw new Error(`It never came true; said: ${said.join('; ')}`);
    }
    await pause(25);
  }
}

it('starts a killed process again, with another process', async () => {
  const part = aPart('worker');
  await supervisor.start([part]);

  signalProcess(part.pids[0] ?? 0, 'SIGKILL');
  await until(() => said.includes('worker runs again'));

  expect(part.pids).toHaveLength(2);
  expect(isRunning(part.pids[1] ?? 0)).toBe(true);
});

it('tries again when a restart fails, and says why it failed', async () => {
  let isBroken = false;
  const healthy = aPart('api');
  const part = aPart('api', {
    start: async (attempt) => {
      if (isBroken) {
        isBroken = false;
        throw new Error('port 4000 is taken');
      }
      return await healthy.start(attempt);
    },
  });
  await supervisor.start([part]);

  isBroken = true;
  signalProcess(healthy.pids[0] ?? 0, 'SIGKILL');
  await until(() => said.includes('api runs again'));

  expect(said).toContain('api could not be started: port 4000 is taken');
});

it('adopts what runs already and stops it in the end', async () => {
  const pid = longRunningProcess();
  const part = aPart('temporal', { adopt: () => Promise.resolve(pid) });

  await supervisor.start([part]);
  await supervisor.stop();

  expect(part.pids).toEqual([]);
  expect(said).toContain('temporal was running, taken over');
  expect(await hasEnded(pid, 0)).toBe(true);
});

it('looks after an adopted process like after its own', async () => {
  const pid = longRunningProcess();
  const part = aPart('temporal', { adopt: () => Promise.resolve(pid) });
  await supervisor.start([part]);

  signalProcess(pid, 'SIGKILL');
  await until(() => said.includes('temporal runs again'));

  expect(part.pids).toHaveLength(1);
});

it('stops the last started part first, and leaves no process behind', async () => {
  const parts = ['postgres', 'worker', 'api'].map((name) => aPart(name));
  for (const part of parts) await supervisor.start([part]);

  await supervisor.stop();

  const stopped = said.filter((line) => line.endsWith('stopped'));
  expect(stopped).toEqual(['api stopped', 'worker stopped', 'postgres stopped']);
  expect(parts.flatMap(({ pids }) => pids).some(isRunning)).toBe(false);
});

it('waits for a start that is under way before it stops, so that nothing slips through', async () => {
  const inner = aPart('worker');
  const part = aPart('worker', {
    start: async (attempt) => {
      const pid = await inner.start(attempt);
      await pause(200);
      return pid;
    },
  });

  const starting = supervisor.start([part]);
  await pause(50);
  await supervisor.stop();
  await starting;

  expect(inner.pids.some(isRunning)).toBe(false);
});

it('tells a start that waits to give up when everything stops', async () => {
  const begun = Promise.withResolvers<undefined>();
  const part = aPart('api', {
    start: ({ signal }) => {
      begun.resolve(undefined);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('was told to stop'));
        });
      });
    },
  });

  const starting = supervisor.start([part]).catch((error: unknown) => error);
  await begun.promise;
  await supervisor.stop();

  await expect(starting).resolves.toEqual(new Error('was told to stop'));
});

it('starts nothing any more once everything stops', async () => {
  const asked = Promise.withResolvers<undefined>();
  const answer = Promise.withResolvers<null>();
  const part = aPart('api', {
    adopt: () => {
      asked.resolve(undefined);
      return answer.promise;
    },
  });

  const starting = supervisor.start([part]);
  await asked.promise;
  const stopping = supervisor.stop();
  answer.resolve(null);
  await Promise.all([starting, stopping]);

  expect(part.pids).toEqual([]);
});

it('stops the others when one of them cannot be started', async () => {
  const good = aPart('sandbox');
  const bad = aPart('temporal', { start: () => Promise.reject(new Error('not found')) });

  await expect(supervisor.start([good, bad])).rejects.toThrow('not found');
  await supervisor.stop();

  expect(good.pids.some(isRunning)).toBe(false);
});
