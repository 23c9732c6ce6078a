import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

function bootstrap(...args: readonly string[]) {
  return run(['apps/standalone/bootstrap.mjs', ...args], {});
}

function run(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  });
  return { status, stdout, stderr };
}

it('names what it can do when it is asked for something else', () => {
  const { status, stderr } = bootstrap('strat');

  expect(status).toBe(2);
  expect(stderr).toMatch(/There is no "strat"/);
  expect(stderr).toMatch(/start\s+Starts everything/);
});

it.each([
  [['start', '--onec'], "Unknown option '--onec'"],
  [['start', 'here'], 'Unexpected argument'],
  [['start', '--data'], "Option '--data <value>' argument missing"],
  [['start', '--data='], '--data needs the name of a folder'],
  [['start', '--json'], '--json belongs to --once'],
  [['check', '--fast'], "Unknown option '--fast'"],
])('refuses %j with exit code 2 and one reason', (args, reason) => {
  const { status, stderr } = bootstrap(...args);

  expect(status).toBe(2);
  expect(stderr).toContain(reason);
  expect(stderr).not.toMatch(/^\s+at /m);
});

it('explains a start without starting anything', () => {
  const { status, stdout } = bootstrap('start', '--help');

  expect(status).toBe(0);
  expect(stdout).toMatch(/--data DIR/);
});

it.each(['DATABASE_URL', 'TEMPORAL_ADDRESS', 'POSTMARK_SERVER_TOKEN'])(
  'refuses to play a demo against a real part, named by %s',
  (name) => {
    const { status, stderr } = run(['apps/standalone/main.ts', '--once'], { [name]: 'x:1' });

    expect(status).toBe(2);
    expect(stderr).toContain(`Unset ${name}`);
  },
);

it('refuses a setting that nobody knows, and names it', () => {
  const { status, stderr } = run(['apps/standalone/main.ts'], { DAYMARK_COLOUR: 'red' });

  expect(status).toBe(1);
  expect(stderr).toBe('DAYMARK_COLOUR: there is no such setting\n');
});
