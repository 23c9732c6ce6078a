import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { hasEnded } from '../processes/process-table.ts';

/** Where an embedded Temporal server keeps its data and listens. */
export interface TemporalSettings {
  readonly executable: string;
  readonly databaseFile: string;
  readonly port: number;
  /** Without a port there is no web page. */
  readonly uiPort: number | null;
  readonly logFile: string;
  /** Namespaces besides `default`. */
  readonly namespaces?: readonly string[];
}

/** The arguments of the server. The flags triple its throughput over the defaults. */
export function temporalArguments(settings: TemporalSettings): readonly string[] {
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(settings.port)],
    ...['--db-filename', settings.databaseFile, '--log-level', 'warn'],
    ...(settings.uiPort === null
      ? ['--headless']
      : ['--ui-port', String(settings.uiPort), '--ui-disable-news-fetch']),
    ...['journal_mode=WAL', 'synchronous=NORMAL'].flatMap((each) => ['--sqlite-pragma', each]),
    ...['matching.numTaskqueueReadPartitions=1', 'matching.numTaskqueueWritePartitions=1'].flatMap(
      (each) => ['--dynamic-config-value', each],
    ),
    ...(settings.namespaces ?? []).flatMap((each) => ['--namespace', each]),
  ];
}

/** Starts the server and waits until it accepts connections. Answers with its process id. */
export async function startTemporal(settings: TemporalSettings): Promise<number> {
  mkdirSync(dirname(settings.databaseFile), { recursive: true });
  const log = openSync(settings.logFile, 'a');
  const child = spawn(settings.executable, temporalArguments(settings), {
    // A group of its own, so that Ctrl-C reaches it only through us.
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.on('error', () => undefined);
  child.unref();
  const pid = child.pid ?? 0;
  if (await isServing(settings.port, pid)) return pid;
  throw new Error(`Temporal did not start on port ${settings.port}; see ${settings.logFile}.`);
}

async function isServing(port: number, pid: number): Promise<boolean> {
  const deadline = performance.now() + 60_000;
  while (pid > 0 && performance.now() < deadline) {
    if (await hasEnded(pid, 0)) return false;
    if (await accepts(port)) return true;
    await pause(50);
  }
  return false;
}

/** Whether somebody accepts connections on that port, of the loopback address unless another host is named. */
export async function accepts(port: number, host = '127.0.0.1'): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ port, host });
    const settle = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', settle(true));
    socket.once('error', settle(false));
    socket.setTimeout(1_000, settle(false));
  });
}
