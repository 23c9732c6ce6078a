import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeStartLock } from '../../../apps/standalone/data/start-lock.ts';

let folder: string;
let file: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daymark-lock-'));
  file = join(folder, 'supervisor.json');
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function runningProcess(argument: string): Promise<ChildProcess> {
  const script = "process.stdout.write('up'); setInterval(() => undefined, 1000);";
  const child = spawn(process.execPath, ['-e', script, argument], { stdio: 'pipe' });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

function recordHolder(pid: number | undefined): void {
  writeFileSync(file, JSON.stringify({ pid }));
}

it('is ours when nobody has it, and free again after its release', () => {
  const lock = takeStartLock(file, 'the-supervisor');

  expect(lock.kind).toBe('ours');
  if (lock.kind === 'ours') lock.release();
  expect(existsSync(file)).toBe(false);
});

it('is held while the process that took it runs', async () => {
  const holder = await runningProcess('the-supervisor');
  recordHolder(holder.pid);

  expect(takeStartLock(file, 'the-supervisor')).toEqual({ kind: 'held', pid: holder.pid });
});

it('is ours when its holder was killed', async () => {
  const holder = await runningProcess('the-supervisor');
  recordHolder(holder.pid);
  holder.kill('SIGKILL');
  await once(holder, 'exit');

  expect(takeStartLock(file, 'the-supervisor').kind).toBe('ours');
});

it('is ours when another program was given the number of its holder', async () => {
  const stranger = await runningProcess('something-else');
  recordHolder(stranger.pid);

  expect(takeStartLock(file, 'the-supervisor').kind).toBe('ours');
  expect(stranger.exitCode).toBeNull();
});

it('is ours when its record was cut off half-way', () => {
  writeFileSync(file, '{"pid":');

  expect(takeStartLock(file, 'the-supervisor').kind).toBe('ours');
});
