import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** The most memory that a process of its own needs which reads nothing but the fleet and plans it once. */
export async function peakMegabytes(clients: number, seed: number): Promise<number> {
  const program = join(import.meta.dirname, 'plan-once.ts');
  const child = spawn(process.execPath, ['--no-warnings', program, String(clients), String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(child, 'close');
  return Number(text) / 1024;
}
