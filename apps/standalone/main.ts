import { messageOf } from './display/message-of.ts';
import { readStartOptions } from './options.ts';
import { projectRoot } from './project-root.ts';
import { start } from './start.ts';
import { stopSignal } from './stop-signal.ts';
import { StartProblem } from './supervision/part.ts';

try {
  const options = readStartOptions(process.argv.slice(2));
  process.exitCode = await start({
    options,
    root: projectRoot,
    environment: process.env,
    stopped: stopSignal(),
    // With --json the one line on the standard output is for a program.
    output: options.json ? process.stderr : process.stdout,
    result: process.stdout,
  });
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = error instanceof StartProblem ? error.exitCode : 1;
}
// What is left open now, such as a connection kept alive, must not keep a stopped installation waiting.
process.exit();
