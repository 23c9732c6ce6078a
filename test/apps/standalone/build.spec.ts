import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openBuildRecord } from '../../../apps/standalone/build/build-record.ts';
import { compileServer } from '../../../apps/standalone/build/compile-server.ts';

const project = join(import.meta.dirname, '../../..');
const tools = [
  'package-lock.json',
  'apps/standalone/build/compile-server.ts',
  'apps/standalone/build/workflow-bundle.ts',
  'apps/worker/workflow-bundle.ts',
  'apps/standalone/build/web.ts',
];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'daymark-build-'));
  mkdirSync(join(root, 'dist'));
  for (const tool of tools) {
    mkdirSync(dirname(join(root, tool)), { recursive: true });
    cpSync(join(project, tool), join(root, tool));
  }
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(file: string, content: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
}

function built(file: string): string {
  return readFileSync(join(root, 'dist', file), 'utf8');
}

async function compile(...files: readonly string[]): Promise<number> {
  const record = openBuildRecord(root);
  const count = await compileServer({ root, files, record });
  record.save();
  return count;
}

it('turns imports of sources into imports of what is built', async () => {
  write('domain/a.ts', "import { b } from './b.ts';\nexport const a: number = b;\n");

  await compile('domain/a.ts');

  expect(built('domain/a.js')).toContain('from "./b.js"');
  expect(built('domain/a.js')).not.toContain(': number');
});

it('keeps the types of constructor parameters, by which the API is put together', async () => {
  write(
    'apps/api/a.ts',
    "import { Clock } from './clock.ts';\n@Injectable()\nexport class A { constructor(readonly clock: Clock) {} }\n",
  );

  await compile('apps/api/a.ts');

  expect(built('apps/api/a.js')).toMatch(/design:paramtypes/);
  expect(built('apps/api/a.js')).toContain('from "./clock.js"');
});

it('copies what is no script as it is', async () => {
  write('database/migrations/0001.sql', 'create table a ();\n');

  await compile('database/migrations/0001.sql');

  expect(built('database/migrations/0001.sql')).toBe('create table a ();\n');
});

it('makes nothing twice, and only what has changed again', async () => {
  write('domain/a.ts', 'export const a = 1;\n');
  write('domain/b.ts', 'export const b = 1;\n');

  expect(await compile('domain/a.ts', 'domain/b.ts')).toBe(2);
  expect(await compile('domain/a.ts', 'domain/b.ts')).toBe(0);
  write('domain/b.ts', 'export const b = 2;\n');
  expect(await compile('domain/a.ts', 'domain/b.ts')).toBe(1);
  expect(built('domain/b.js')).toContain('b = 2');
});

it('makes again what somebody removed from the output', async () => {
  write('domain/a.ts', 'export const a = 1;\n');
  await compile('domain/a.ts');

  rmSync(join(root, 'dist/domain/a.js'));

  expect(await compile('domain/a.ts')).toBe(1);
});

it('removes what was made from a source that is gone', async () => {
  write('domain/a.ts', 'export const a = 1;\n');
  write('domain/b.ts', 'export const b = 1;\n');
  await compile('domain/a.ts', 'domain/b.ts');

  await compile('domain/b.ts');

  expect(existsSync(join(root, 'dist/domain/a.js'))).toBe(false);
  expect(existsSync(join(root, 'dist/domain/b.js'))).toBe(true);
});

it('makes everything again when the packages changed', async () => {
  write('domain/a.ts', 'export const a = 1;\n');
  await compile('domain/a.ts');

  write('package-lock.json', '{}');

  expect(await compile('domain/a.ts')).toBe(1);
});
