import type { Ports } from './data/ports.ts';

/** Where a person finds things. */
export interface Addresses {
  readonly daymark: string;
  readonly inbox: string;
  readonly deployer: string;
  readonly temporal: string;
  readonly sites: readonly string[];
}

/** The addresses of an installation on this machine. */
export function addressesOf(ports: Ports, baseUrl: string | undefined): Addresses {
  const local = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    daymark: baseUrl ?? local(ports.api),
    inbox: local(ports.mail),
    deployer: local(ports.deployer),
    temporal: local(ports.temporalUi),
    sites: ports.sites.map(local),
  };
}
