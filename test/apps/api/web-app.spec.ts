import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../support/api.ts';

describe('the staff screens', () => {
  let folder: string;
  let api: TestApi;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daymark-web-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Daymark</title>');
    await writeFile(join(folder, 'assets/app-1a2b.js'), 'export {};');
    api = await startApi({ DAYMARK_WEB_DIR: folder });
  });

  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  const browse = (path: string) => api.get(path, { as: null, headers: { accept: 'text/html' } });

  it.each(['/', '/rollouts', '/rollouts/019ac000-0000-7000-8000-000000000000', '/sign-in'])(
    'open at %s without being kept by the browser',
    async (path) => {
      const page = await browse(path);

      expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(page.text).toContain('<title>Daymark</title>');
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    },
  );

  it('load their hashed files once and for all', async () => {
    const file = await api.get('/assets/app-1a2b.js', { as: null });

    expect(file.status).toBe(200);
    expect(file.headers.get('cache-control')).toContain('immutable');
  });

  it('leave the contract and client pages alone', async () => {
    const [contract, page, styles] = await Promise.all([
      browse('/v1/no-such-thing'),
      browse(`/a/${'A'.repeat(43)}`),
      browse('/assets/client.css'),
    ]);

    expect([contract.status, contract.body.code]).toEqual([404, 'NOT_FOUND']);
    expect(page.status).toBe(404);
    expect(page.text).not.toContain('<title>Daymark</title>');
    expect(styles.headers.get('content-type')).toMatch(/^text\/css/);
  });

  it('never leave the folder', async () => {
    const reply = await api.get('/assets/..%2f..%2fetc%2fpasswd', { as: null });

    expect(reply.text).not.toContain('root:');
  });
});
