import { messageOf } from '../display/message-of.ts';
import { projectRoot } from '../project-root.ts';
import { build } from './build.ts';

try {
  const done = await build(projectRoot, (line) => process.stderr.write(`${line}\n`));
  if (done.length > 0) process.stderr.write(`Built ${done.join(', ')}\n`);
} catch (error) {
  process.stderr.write(`The build failed: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
