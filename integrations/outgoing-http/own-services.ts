import type { OwnService } from './outgoing-rules.ts';

const loopback = ['127.0.0.1', '::1'];
const usualPorts: Readonly<Record<string, number>> = {
  'http:': 80,
  'https:': 443,
  'postgres:': 5432,
  'postgresql:': 5432,
};

/** Where our own processes listen on this machine, read off the addresses that the settings name. */
export function ownServicesOf(addresses: readonly string[]): readonly OwnService[] {
  return addresses.flatMap((text) => {
    const url = URL.parse(text.includes('://') ? text : `tcp://${text}`);
    if (url === null) return [];
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = url.port === '' ? usualPorts[url.protocol] : Number(url.port);
    if (port === undefined || !isThisMachine(host)) return [];
    return loopback.map((address) => ({ address, port }));
  });
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || loopback.includes(host);
}
