import { createServer } from 'node:net';
import { freePort } from './free-port.ts';

it('gives nobody the port of another, and none that an outgoing connection may be given', async () => {
  const ports = await Promise.all(Array.from({ length: 60 }, freePort));

  expect(new Set(ports).size).toBe(60);
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(25_000);
  expect(Math.max(...ports)).toBeLessThan(32_000);
});

it('gives a port on which a server can listen', async () => {
  const port = await freePort();
  const server = createServer();

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  expect(server.address()).toMatchObject({ port });
  await new Promise((resolve) => server.close(resolve));
});
