import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { emptyDatabase } from '../../support/postgres.ts';
import {
  freshFolder,
  killAll,
  processesOf,
  startStandalone,
  type RunningStart,
} from './running-installation.ts';

const minutes = 60_000;
const started: RunningStart[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const each of started.splice(0)) {
    each.kill('SIGTERM');
    await each.exitCode;
  }
  for (const folder of folders.splice(0)) killAll(folder);
}, 60_000);

function begin(folder: string, ...args: readonly string[]): RunningStart {
  const start = startStandalone(['--data', folder, ...args]);
  started.push(start);
  return start;
}

function aFolder(): string {
  const folder = freshFolder();
  folders.push(folder);
  return folder;
}

it(
  'plays a rollout to twelve verified clients, and in the same folder begins another one',
  async () => {
    const folder = aFolder();

    const first = begin(folder, '--once', '--json');
    expect([await first.exitCode, first.output()]).toEqual([0, expect.anything()]);
    expect(processesOf(folder)).toEqual([]);
    const second = begin(folder, '--once', '--json');
    await second.says('rollout of 1.9.5 to twelve clients started');
    second.kill('SIGTERM');

    expect(JSON.parse(first.output().trim().split('\n').at(-1) ?? '')).toMatchObject({
      clients: { done: 12 },
      deployments: { preview: 12, production: 12 },
      duplicates: { messages: 0, deployments: 0 },
    });
    // A run that was cut short has not verified anybody.
    expect(await second.exitCode).toBe(1);
  },
  11 * minutes,
);

it(
  'leaves one approval to the reader and says where its mail is',
  async () => {
    const start = begin(aFolder());

    await start.says('Daymark is running');
    await start.says(/One approval is left to you: False Creek Parking[^]*http:\S+\/inbox\/\S+/);

    expect(start.output()).toMatch(/pm@daymark\.example\s+\S+/);
  },
  4 * minutes,
);

it(
  'keeps secrets and the token of the command line to their owner',
  async () => {
    const folder = aFolder();
    const start = begin(folder);
    await start.says('Daymark is running');

    for (const name of ['secrets.json', 'cli.json']) {
      expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    }
    const cli = JSON.parse(readFileSync(join(folder, 'cli.json'), 'utf8')) as {
      url: string;
      token: string;
    };
    const headers = { authorization: `Bearer ${cli.token}` };
    const answer = await fetch(`${cli.url}/v1/session`, { headers });
    expect(await answer.json()).toMatchObject({ role: 'admin' });
  },
  3 * minutes,
);

it(
  'lets a second start beside the first say where things are, and stop nothing',
  async () => {
    const folder = aFolder();
    const first = begin(folder);
    await first.says('Daymark is running');
    const before = processesOf(folder);

    const second = begin(folder);

    expect(await second.exitCode).toBe(0);
    expect(second.output()).toContain(`Daymark is already running (process ${first.pid})`);
    expect(second.output()).toMatch(/Staff screens\s+http:/);
    expect(processesOf(folder).toSorted()).toEqual(before.toSorted());
  },
  3 * minutes,
);

it(
  'takes over what runs after its supervisor was killed',
  async () => {
    const folder = aFolder();
    const first = begin(folder);
    await first.says('Daymark is running');
    const before = processesOf(folder).filter((pid) => pid !== first.pid);

    first.kill('SIGKILL');
    await first.exitCode;
    const second = begin(folder);
    await second.says('Daymark is running');

    const after = processesOf(folder).filter((pid) => pid !== second.pid);
    expect(after.toSorted()).toEqual(before.toSorted());
  },
  3 * minutes,
);

it(
  'starts again after every one of its processes was killed at once, and stops without a trace',
  async () => {
    const folder = aFolder();
    const first = begin(folder);
    await first.says('Daymark is running');

    killAll(folder);
    await first.exitCode;
    const second = begin(folder);
    await second.says('Daymark is running');
    second.kill('SIGINT');
    second.kill('SIGINT');

    expect(await second.exitCode).toBe(0);
    expect(processesOf(folder)).toEqual([]);
    expect(existsSync(join(folder, 'supervisor.json'))).toBe(false);
    expect(second.output()).not.toMatch(/^\s+at /m);
  },
  4 * minutes,
);

it(
  'refuses a database of somebody else whose schema is not current, and names the remedy',
  async () => {
    const database = await emptyDatabase();
    const start = startStandalone(['--data', aFolder()], { DATABASE_URL: database.url });
    started.push(start);

    expect(await start.exitCode).toBe(1);
    expect(start.output()).toContain('./daymark migrate');
    await database.drop();
  },
  2 * minutes,
);
