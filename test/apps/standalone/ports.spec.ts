import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { listPorts, readOrChoosePorts, usualPorts } from '../../../apps/standalone/data/ports.ts';
import { demandFreePort } from '../../../apps/standalone/parts/demand-free-port.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'daymark-ports-'));
  file = join(folder, 'ports.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const allFree = () => Promise.resolve(true);
const allTaken = () => Promise.resolve(false);

it('takes the usual ports when all of them are free', async () => {
  await expect(readOrChoosePorts(file, allFree)).resolves.toEqual(usualPorts);
});

it('moves all ports together when a single one is taken', async () => {
  const ports = await readOrChoosePorts(file, (port) => Promise.resolve(port !== 4107));

  expect(ports.api).toBe(4500);
  expect(ports.sites[7]).toBe(4607);
  expect(ports.postgres - ports.api).toBe(usualPorts.postgres - usualPorts.api);
});

it('keeps the ports of the first start, taken or not', async () => {
  const first = await readOrChoosePorts(file, (port) => Promise.resolve(port > 4600));

  const second = await readOrChoosePorts(file, allTaken);

  expect(second).toEqual(first);
});

it('never gives two parts one port', async () => {
  const ports = listPorts(await readOrChoosePorts(file, allFree)).map(({ port }) => port);

  expect(new Set(ports).size).toBe(ports.length);
});

it('stays below the ports that the system gives to outgoing connections', async () => {
  const ports = await readOrChoosePorts(file, (port) => Promise.resolve(port >= 24_000));

  expect(Math.max(...listPorts(ports).map(({ port }) => port))).toBeLessThan(32_768);
});

it('says so when nothing is free, and chooses nothing', async () => {
  await expect(readOrChoosePorts(file, allTaken)).rejects.toThrow('No run of free ports');
  expect(() => readFileSync(file)).toThrow();
});

it('refuses a file that does not name every port', async () => {
  writeFileSync(file, JSON.stringify({ api: 4000, sites: [] }));

  await expect(readOrChoosePorts(file, allFree)).rejects.toThrow('does not name every port');
});

it('names a port that another program has taken in the meantime, and where to change it', async () => {
  const stranger = createServer().listen({ port: 0, host: '127.0.0.1' });
  await once(stranger, 'listening');
  const { port } = stranger.address() as AddressInfo;

  await expect(demandFreePort(port, 'Postgres', file)).rejects.toThrow(
    new RegExp(`Port ${port}, which belongs to Postgres.*ports\\.json`),
  );

  stranger.close();
});
