import { ConfigProblem, readConfig } from './config.ts';
import { PortTaken } from './http/exchange.ts';
import { startSandbox, type Sandbox } from './start-sandbox.ts';

async function main(): Promise<void> {
  const sandbox = await startSandbox(readConfig(process.env));
  say(`sandbox ready: mail ${sandbox.mailUrl}, deployer ${sandbox.deployerUrl}`);
  stopOnSignal(sandbox);
}

function stopOnSignal(sandbox: Sandbox): void {
  let isStopping = false;
  const stop = (): void => {
    // A second Ctrl-C must not cut the first one's orderly end short.
    if (isStopping) return;
    isStopping = true;
    sandbox.close().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const isForeseen = error instanceof PortTaken || error instanceof ConfigProblem;
  process.stderr.write(isForeseen ? `${message}\n` : `The sandbox cannot go on: ${message}\n`);
  process.exit(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main().catch(fail);
