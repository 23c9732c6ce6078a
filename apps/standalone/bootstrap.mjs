// The entry of every npm script. Plain JavaScript without dependencies, because it runs before they are installed,
// under whatever Node the reader has.
import { ensureInstalled } from './bootstrap/install.mjs';
import { StopError } from './bootstrap/stop-error.mjs';
import { readCommand } from './bootstrap/read-command.mjs';
import { findRuntime } from './bootstrap/runtime.mjs';
import { stopWithParent } from './bootstrap/run.mjs';
import { verbs } from './bootstrap/verbs.mjs';

try {
  const command = readCommand(process.argv.slice(2), process.env);
  if (command.kind === 'help') {
    process.stdout.write(command.text);
  } else {
    stopWithParent();
    await ensureInstalled();
    const runtime = findRuntime();
    process.exitCode = await verbs[command.verb](runtime, command.args);
  }
} catch (error) {
  if (!(error instanceof StopError)) throw error;
  if (error.message !== '') process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
