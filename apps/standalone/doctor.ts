import { diagnose } from './diagnosis/diagnose.ts';
import { projectRoot } from './project-root.ts';

const findings = await diagnose(process.env, projectRoot);
for (const { verdict, about, says } of findings) {
  process.stdout.write(`${verdict.padEnd(8)} ${about.padEnd(34)} ${says}\n`);
}
process.exitCode = findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0;
