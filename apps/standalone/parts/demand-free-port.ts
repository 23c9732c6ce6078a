import { setTimeout as pause } from 'node:timers/promises';
import { isPortFree } from '../processes/is-port-free.ts';
import { StartProblem } from '../supervision/part.ts';

const patienceMs = 3_000;

/**
 * Makes sure that nobody else has taken a port of this installation in the meantime.
 * A process of ours that was just killed may hold it for a moment longer.
 * @throws StartProblem naming the port, and the file where it can be changed.
 */
export async function demandFreePort(port: number, part: string, file: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await isPortFree(port))) {
    if (performance.now() > deadline) {
      throw new StartProblem(
        `Port ${port}, which belongs to ${part} here, is taken by another program. ` +
          `Stop that program, or write another port into ${file} (links in mails already sent then lead nowhere).`,
      );
    }
    await pause(100);
  }
}
