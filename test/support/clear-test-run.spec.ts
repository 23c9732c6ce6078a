import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clearTestRun } from './clear-test-run.mjs';

it('ends what a killed run left behind, also a database that lies elsewhere', async () => {
  const temporary = realpathSync(tmpdir());
  const [run, elsewhere] = ['run-', 'elsewhere-'].map((name) => mkdtempSync(join(temporary, name)));
  const [here = '', there = ''] = [run, elsewhere];
  mkdirSync(join(here, 'standalone-1'));
  writeFileSync(
    join(here, 'standalone-1', 'postgres-is-elsewhere.txt'),
    `${join(there, 'data')}\n`,
  );
  const script = 'setInterval(() => undefined, 1000)';
  const left = spawn(process.execPath, ['-e', script, join(there, 'data')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => left.once('exit', resolve));

  await clearTestRun(here);

  await ended;
  expect([existsSync(here), existsSync(there)]).toEqual([false, false]);
});
