import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isPortFree } from '../processes/is-port-free.ts';

/** Where each part of one installation listens on the loopback address. */
export interface Ports {
  readonly api: number;
  readonly mail: number;
  readonly deployer: number;
  readonly temporal: number;
  readonly temporalUi: number;
  readonly postgres: number;
  /** One per client site, preview before production. */
  readonly sites: readonly number[];
}

const siteCount = 24;
const widestShift = 20_000;
const shiftStep = 500;

/** The ports of an installation whose every neighbour is free. */
export const usualPorts: Ports = {
  api: 4000,
  mail: 4025,
  deployer: 4026,
  temporal: 4233,
  temporalUi: 4234,
  postgres: 4432,
  sites: Array.from({ length: siteCount }, (_, index) => 4100 + index),
};

/**
 * The ports of this installation. They are chosen at the first start and kept from then on,
 * because mailed links name them. Where a usual one is taken, all move together by some hundreds,
 * below the range from which the system gives ports to outgoing connections.
 */
export async function readOrChoosePorts(
  file: string,
  isFree: (port: number) => Promise<boolean> = isPortFree,
): Promise<Ports> {
  if (existsSync(file)) return readPorts(file);
  const ports = await choosePorts(isFree);
  writeFileSync(`${file}.new`, `${JSON.stringify(ports, null, 2)}\n`);
  renameSync(`${file}.new`, file);
  return ports;
}

/** Every port with the name of the part that listens there. */
export function listPorts(
  ports: Ports,
): readonly { readonly part: string; readonly port: number }[] {
  const { sites, ...others } = ports;
  return [
    ...Object.entries(others).map(([part, port]) => ({ part, port })),
    ...sites.map((port) => ({ part: 'sites', port })),
  ];
}

async function choosePorts(isFree: (port: number) => Promise<boolean>): Promise<Ports> {
  for (let shift = 0; shift <= widestShift; shift += shiftStep) {
    const ports = shifted(shift);
    const free = await Promise.all(listPorts(ports).map(({ port }) => isFree(port)));
    if (free.every(Boolean)) return ports;
  }
  throw new Error('No run of free ports was found between 4000 and 24500.');
}

function shifted(by: number): Ports {
  const { sites, ...others } = usualPorts;
  return {
    api: others.api + by,
    mail: others.mail + by,
    deployer: others.deployer + by,
    temporal: others.temporal + by,
    temporalUi: others.temporalUi + by,
    postgres: others.postgres + by,
    sites: sites.map((port) => port + by),
  };
}

function readPorts(file: string): Ports {
  const read = JSON.parse(readFileSync(file, 'utf8')) as Ports;
  const all = listPorts(read);
  const isWhole = all.length === listPorts(usualPorts).length && all.every(({ port }) => port > 0);
  if (!isWhole) throw new Error(`${file} does not name every port; remove it to choose anew.`);
  return read;
}
