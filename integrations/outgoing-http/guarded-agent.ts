import { lookup as lookUpHost } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { type OutgoingRules, judgeAddress } from './outgoing-rules.ts';

/** Finds the addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** One address of a host name. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** What a guarded connection needs to know. */
export interface GuardedAgentSettings {
  readonly rules: OutgoingRules;
  readonly connectMs: number;
  readonly resolve?: Resolve;
  /** PEM of an additional certificate authority. */
  readonly certificateAuthority?: string;
  /** Called once connected, before the first byte of a request; an error it returns ends the connection. */
  readonly onConnected: (address: string) => Error | null;
}

/** Thrown, and reported as `cause`, when the rules forbid a connection. */
export class BlockedByGuard extends Error {
  readonly code = 'BLOCKED_BY_GUARD';
}

/**
 * An agent that connects only where the rules allow. Names are judged inside the connection's own
 * look-up, so what was checked is what is connected to; literals never reach a look-up and are
 * judged before it; the connected address is judged once more.
 */
export function openGuardedAgent(settings: GuardedAgentSettings): Agent {
  const resolve = settings.resolve ?? resolveBySystem;
  const connect: buildConnector.connector = (options, callback) => {
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80);
    const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
    const refusal = isIP(host) === 0 ? null : refusalOf(host, port, settings.rules);
    if (refusal) {
      callback(refusal, null);
      return;
    }
    const connector = buildConnector({
      allowH2: false,
      timeout: settings.connectMs,
      lookup: guardedLookup(resolve, (address) => refusalOf(address, port, settings.rules)),
      ...(settings.certificateAuthority === undefined ? {} : { ca: settings.certificateAuthority }),
    });
    connector(options, (...[error, socket]) => {
      if (error) {
        callback(error, null);
        return;
      }
      const address = socket.remoteAddress ?? '';
      const objection = refusalOf(address, port, settings.rules) ?? settings.onConnected(address);
      if (objection) {
        socket.destroy();
        callback(objection, null);
        return;
      }
      callback(null, socket);
    });
  };
  return new Agent({ connect, allowH2: false });
}

function refusalOf(address: string, port: number, rules: OutgoingRules): BlockedByGuard | null {
  const verdict = judgeAddress(address, port, rules);
  return verdict.kind === 'blocked' ? new BlockedByGuard(verdict.reason) : null;
}

function guardedLookup(
  resolve: Resolve,
  refuse: (address: string) => BlockedByGuard | null,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const refusal = addresses
          .map(({ address }) => refuse(address))
          .find((each) => each !== null);
        const [first] = addresses;
        if (refusal) callback(refusal, []);
        else if (!first) {
          callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), []);
        } else if (options.all) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), []);
      },
    );
  };
}

function resolveBySystem(hostname: string): Promise<readonly ResolvedAddress[]> {
  return lookUpHost(hostname, { all: true });
}
