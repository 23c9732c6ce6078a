import ipaddr from 'ipaddr.js';

/** Where this installation may connect to when somebody else chose the address. */
export interface OutgoingRules {
  /** Private places an administrator has opened. */
  readonly allowList: readonly AllowListEntry[];
  /** Addresses of our own services: never reachable, even when the allow list covers them. */
  readonly ownServices: readonly OwnService[];
  /** Ports of public addresses besides 80 and 443. */
  readonly ports: readonly number[];
}

/** A private network and the ports open in it. */
export interface AllowListEntry {
  readonly cidr: string;
  readonly fromPort: number;
  readonly toPort: number;
}

/** Where one of our own processes listens. */
export interface OwnService {
  readonly address: string;
  readonly port: number;
}

/** Whether a connection may be made. */
export type OutgoingVerdict =
  { readonly kind: 'allowed' } | { readonly kind: 'blocked'; readonly reason: string };

/** A URL that may be asked, or why it may not. */
export type UrlVerdict =
  | { readonly kind: 'allowed'; readonly url: URL }
  | { readonly kind: 'blocked'; readonly reason: string };

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const usualPorts = [80, 443];
/** Only an entry of the allow list opens these; classes missing here are never opened. */
const openableClasses = [
  'unicast',
  'loopback',
  'private',
  'uniqueLocal',
  'carrierGradeNat',
  'reserved',
];
/** `[::7f00:1]` means 127.0.0.1 to some systems but is classed as unicast. */
const ipv4InIpv6 = ipaddr.IPv6.parseCIDR('::/96');

/**
 * Reads entries such as `127.0.0.1/32:4100-4123, [fd00::]/8:443`, parted by commas or white space.
 * @throws RangeError naming the entry that cannot be read.
 */
export function parseAllowList(text: string): readonly AllowListEntry[] {
  return text
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map(parseEntry);
}

/** Reads a URL the way the connection will read it, and refuses what must never be asked. */
export function judgeUrl(text: string): UrlVerdict {
  const url = URL.parse(text);
  if (url === null) return blocked('it is no URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return blocked(`${url.protocol} is not allowed; use http or https`);
  }
  if (url.username !== '' || url.password !== '') {
    return blocked('it carries a user name or password');
  }
  return { kind: 'allowed', url };
}

/** The host of a URL as a connection needs it: an IPv6 literal without its brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Whether a connection to this numeric address and port may be made. */
export function judgeAddress(address: string, port: number, rules: OutgoingRules): OutgoingVerdict {
  if (!ipaddr.isValid(address)) return blocked(`${address} is no address`);
  const written = ipaddr.parse(address);
  const reached = unwrapped(written);
  if (rules.ownServices.some((own) => own.port === port && sameAddress(own.address, reached))) {
    return blocked(`${address}:${port} is one of our own services`);
  }
  if (rules.allowList.some((entry) => covers(entry, reached, port)) && isOpenable(reached)) {
    return { kind: 'allowed' };
  }
  if (written.range() !== 'unicast' || embedsIpv4(written)) {
    return blocked(
      `${address}:${port} is not public (${written.range()}) and not on the allow list`,
    );
  }
  if (!usualPorts.includes(port) && !rules.ports.includes(port)) {
    return blocked(`port ${port} is not allowed for this site`);
  }
  return { kind: 'allowed' };
}

const entryForm =
  /^\[?(?<network>[0-9a-fA-F.:]+)\]?\/(?<bits>\d{1,3}):(?<from>\d{1,5})(?:-(?<to>\d{1,5}))?$/;

function parseEntry(text: string): AllowListEntry {
  const { network, bits, from, to } = entryForm.exec(text)?.groups ?? {};
  const entry = {
    cidr: `${network ?? ''}/${bits ?? ''}`,
    fromPort: Number(from),
    toPort: Number(to ?? from),
  };
  const portsFit = entry.fromPort >= 1 && entry.fromPort <= entry.toPort && entry.toPort <= 65_535;
  if (!portsFit || !ipaddr.isValidCIDR(entry.cidr)) {
    throw new RangeError(
      `"${text}" is no allow-list entry; write CIDR:port or CIDR:port-port, such as 127.0.0.1/32:4100-4123`,
    );
  }
  return entry;
}

function covers(entry: AllowListEntry, address: Address, port: number): boolean {
  const [network, bits] = ipaddr.parseCIDR(entry.cidr);
  return (
    entry.fromPort <= port &&
    port <= entry.toPort &&
    network.kind() === address.kind() &&
    address.match(network, bits)
  );
}

function isOpenable(address: Address): boolean {
  return (
    openableClasses.includes(address.range()) &&
    !(embedsIpv4(address) && address.range() === 'unicast')
  );
}

function embedsIpv4(address: Address): boolean {
  return address instanceof ipaddr.IPv6 && address.match(ipv4InIpv6);
}

function unwrapped(address: Address): Address {
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
    ? address.toIPv4Address()
    : address;
}

function sameAddress(own: string, address: Address): boolean {
  return unwrapped(ipaddr.parse(own)).toNormalizedString() === address.toNormalizedString();
}

function blocked(reason: string): { readonly kind: 'blocked'; readonly reason: string } {
  return { kind: 'blocked', reason };
}
