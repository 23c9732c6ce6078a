import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settleManual } from '../../../activities/deployment/decide-deployment.ts';
import { inTransaction } from '../../../database/in-transaction.ts';
import type { DeploymentId } from '../../../domain/ids.ts';
import type { DeployProgram } from '../../../integrations/deployment/command-deployer.ts';
import { until } from '../../support/running-rollout.ts';
import {
  attentionIn,
  carryOn,
  deploymentsOf,
  openStage,
  partOf,
  type Stage,
  type StageOptions,
} from './stage.ts';

let stage: Stage;
afterEach(async () => {
  await stage.close();
});

/** The site runs the build already, so that only the deployer's own words are in question. */
async function open(options: StageOptions): Promise<void> {
  stage = await openStage(options);
  const build = stage.sites.catalogue.list().find(({ version }) => version === '1.9.4');
  await stage.sites.deploy({ client: 'client-001', site: 'production' }, build!);
}

describe('a deployer that is a program', () => {
  const program = (code: string, more: Partial<DeployProgram> = {}): StageOptions => ({
    stored: { kind: 'command', command: 'swap' },
    programs: new Map([
      [
        'swap',
        {
          file: process.execPath,
          arguments: ['--eval', code],
          environment: { GREETING: 'hello' },
          timeLimitMs: 60_000,
          outputBytes: 2_000,
          lookUp: null,
          ...more,
        },
      ],
    ]),
  });

  it('is given the order and the key, and what it printed is kept', async () => {
    await open(
      program(
        `const order = JSON.parse(require('fs').readFileSync(0, 'utf8'));
         console.log(process.env.GREETING, Object.keys(process.env).length, process.env.DAYMARK_KEY, typeof order);`,
      ),
    );

    const step = await carryOn(stage, 'deploy');
    const [deployment] = await deploymentsOf(stage);

    expect(step).toEqual({ kind: 'end', summary: 'done' });
    expect(deployment).toMatchObject({ state: 'succeeded', verification: 'match' });
    expect(deployment?.detail).toContain(`hello 2 ${deployment?.idempotency_key} object`);
  });

  it('has failed when it says so, with its last words', async () => {
    await open(program(`console.error('disk is full'); process.exitCode = 3;`));

    await carryOn(stage, 'deploy');

    expect((await partOf(stage)).state).toBe('failed');
    expect(await deploymentsOf(stage)).toMatchObject([
      { state: 'failed', detail: 'exit code 3: disk is full' },
    ]);
  });

  it('is ended at its time limit, and nobody knows what came of it', async () => {
    await open(
      program(`console.log('half done'); setInterval(() => undefined, 1000);`, {
        timeLimitMs: 1_500,
      }),
    );

    await carryOn(stage, 'deploy');

    const [deployment] = await deploymentsOf(stage);
    expect((await partOf(stage)).state).toBe('unknown');
    expect(deployment).toMatchObject({ state: 'unknown' });
    expect(deployment?.detail).toMatch(/^killed by the time limit of 1500 ms/);
    expect(await attentionIn(stage)).toEqual(['deployment-unknown']);
  });

  it('leaves the outcome unknown when something kills it while it runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'daymark-program-'));
    const pidFile = join(folder, 'pid');
    await open(
      program(
        `require('fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => undefined, 1000);`,
      ),
    );

    const carried = carryOn(stage, 'deploy');
    const pid = await until('the program', () =>
      Promise.resolve(existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) || null : null),
    );
    process.kill(pid, 'SIGKILL');
    await carried;
    rmSync(folder, { recursive: true });

    expect(await deploymentsOf(stage)).toMatchObject([
      { state: 'unknown', detail: 'killed by SIGKILL' },
    ]);
  });

  it('starts nothing when the configuration does not name it', async () => {
    await open({ stored: { kind: 'command', command: 'swap' } });

    await carryOn(stage, 'deploy');

    const [deployment] = await deploymentsOf(stage);
    expect(deployment).toMatchObject({ state: 'failed' });
    expect(deployment?.detail).toContain('names no deploy program "swap"');
  });
});

describe('a deployer that is a person', () => {
  it('waits for word of the person, and still believes only the site', async () => {
    await open({ stored: { kind: 'manual' } });

    const waiting = await carryOn(stage, 'deploy');
    const [during] = await deploymentsOf(stage);
    const asked = await attentionIn(stage);
    await say('succeeded');
    const step = await carryOn(stage, 'verify');

    expect(waiting).toMatchObject({ kind: 'wait' });
    expect(during).toMatchObject({ state: 'running' });
    expect(asked).toEqual(['manual-deployment']);
    expect(step).toEqual({ kind: 'end', summary: 'done' });
    expect(await deploymentsOf(stage)).toMatchObject([
      { state: 'succeeded', verification: 'match', detail: 'swapped by hand' },
    ]);
    expect(await attentionIn(stage)).toEqual([]);
  });

  it('has failed when the person says so', async () => {
    await open({ stored: { kind: 'manual' } });

    await carryOn(stage, 'deploy');
    await say('failed');
    await carryOn(stage, 'verify');

    expect((await partOf(stage)).state).toBe('failed');
  });

  async function say(outcome: 'succeeded' | 'failed'): Promise<void> {
    const [deployment] = await deploymentsOf(stage);
    const settled = await inTransaction(stage.storage.database, (tx) =>
      settleManual(tx, {
        deploymentId: deployment?.id as DeploymentId,
        outcome,
        by: 'Ana',
        detail: 'swapped by hand',
      }),
    );
    expect(settled.kind).toBe('done');
  }
});
