import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../apps/cli/main.ts', import.meta.url));

/** What a run of the command line left behind. */
export interface CliRun {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  readonly input?: string;
}

/** Starts the command line as a process without a terminal. */
export function startCli(
  words: readonly string[],
  { environment = {}, folder }: RunOptions = {},
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ['--no-warnings', main, ...words], {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...environment },
  });
}

/** Runs the command line to its end. */
export async function runCli(words: readonly string[], options: RunOptions = {}): Promise<CliRun> {
  const child = startCli(words, options);
  let [output, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.end(options.input ?? '');
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, output, errors };
}

/** A request as the server of a test has received it. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** A server that answers as the test says, and what it was asked. */
export interface ScriptedServer {
  readonly environment: Readonly<Record<string, string>>;
  readonly received: readonly Received[];
  readonly close: () => Promise<void>;
}

/** Answers each request with what the script makes of it. */
export async function serve(
  script: (request: Received) => { readonly status?: number; readonly body: unknown },
): Promise<ScriptedServer> {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const { method = '', url: path = '', headers } = request;
      const asked = {
        method,
        path,
        headers,
        body: text === '' ? null : (JSON.parse(text) as unknown),
      };
      received.push(asked);
      const { status = 200, body } = script(asked);
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: { DAYMARK_URL: `http://127.0.0.1:${port}`, DAYMARK_TOKEN: 'token-of-a-test' },
    received,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
