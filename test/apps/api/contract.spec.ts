import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pluck, startApi, type TestApi } from '../../support/api.ts';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

describe('the contract', () => {
  let api: TestApi;
  let served: string;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daymark-contract-'));
    api = await startApi();
    const reply = await api.get('/v1/openapi.json', { as: null });
    served = `${JSON.stringify(reply.body, null, 2)}\n`;
  });

  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  it('in docs is the one that the schemas make today', async () => {
    const committed = await readFile(join(root, 'docs/openapi.json'), 'utf8');

    expect(committed === served).toBe(true);
  });

  it.each(['apps/web/src/generated/api.ts', 'apps/cli/generated/api.ts'])(
    'leads to the client in %s',
    async (client) => {
      const [contract, fresh] = [join(folder, 'openapi.json'), join(folder, 'api.ts')];
      await writeFile(contract, served);
      const generator = join(root, 'node_modules/openapi-typescript/bin/cli.js');
      const options = ['--output', fresh, '--default-non-nullable=false'];
      await run(process.execPath, [generator, contract, ...options]);

      const [committed, generated] = await Promise.all([
        readFile(join(root, client), 'utf8'),
        readFile(fresh, 'utf8'),
      ]);

      expect(committed === generated).toBe(true);
    },
    60_000,
  );

  it('names every part it refers to, and describes every query', () => {
    const document = JSON.parse(served);
    const parts = Object.keys(document.components.schemas);
    const named = [...served.matchAll(/#\/components\/schemas\/([^"]+)/g)].map(([, name]) => name);
    const queries = pluck(document.paths['/v1/clients'].get.parameters, 'name');

    expect(named.filter((name) => !parts.includes(name ?? ''))).toEqual([]);
    expect(document.openapi).toBe('3.1.0');
    expect(queries).toEqual(['search', 'tag', 'state', 'cursor', 'limit']);
  });

  it('answers whether the process lives and may be sent requests', async () => {
    const [alive, ready] = await Promise.all([
      api.get('/livez', { as: null }),
      api.get('/readyz', { as: null }),
    ]);

    expect(alive.body.status).toBe('ok');
    expect([ready.status, ready.body.detail.database]).toEqual([200, 'ok']);
    expect(ready.body.detail.temporal).toMatch(/does not answer/);
  });
});
