import { readFileSync } from 'node:fs';
import { accepts } from '../temporal/temporal-server.ts';

/** Whether a page answers with success soon. */
export async function answersWell(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** Whether somebody accepts connections at `host:port`. */
export async function answersAt(address: string): Promise<boolean> {
  const [, host = '', port = ''] = /^\[?(.+?)\]?:(\d+)$/.exec(address) ?? [];
  return host !== '' && (await accepts(Number(port), host));
}

/** Whether a log says something, from that byte on. */
export function logSays(words: string, said: { logFile: string; from: number }): boolean {
  return readFileSync(said.logFile).subarray(said.from).includes(words);
}
