import { createHash } from 'node:crypto';
import type {
  SiteEvidence,
  SiteProblem,
  SiteReading,
} from '../../domain/rollout/judge-site-reading.ts';
import { instantOf } from '../../domain/instant.ts';
import { ask, type Exchange, type OutgoingLimits } from '../outgoing-http/ask.ts';
import type { Resolve } from '../outgoing-http/guarded-agent.ts';
import type { OutgoingRules } from '../outgoing-http/outgoing-rules.ts';
import { extract, problemOfExtractor } from './extract.ts';
import type { ProbeSettings, SiteProbe } from './probe.ts';

/** What a probe may cost and where it may go. */
export interface HttpProbeSettings {
  readonly rules: OutgoingRules;
  readonly nowMs: () => number;
  readonly limits?: OutgoingLimits;
  readonly resolve?: Resolve;
}

/** Limits of a probe unless the configuration says otherwise. */
export const usualProbeLimits: OutgoingLimits = {
  connectMs: 5_000,
  totalMs: 10_000,
  bodyBytes: 256 * 1024,
};

const mostRedirects = 3;
const excerptCharacters = 200;
const tlsFailure =
  /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|EPROTO$)/;

/** A probe that asks a site over HTTP, never anywhere the rules forbid. */
export function openHttpProbe(settings: HttpProbeSettings): SiteProbe {
  return { read: (probe) => read(probe, settings) };
}

async function read(probe: ProbeSettings, settings: HttpProbeSettings): Promise<SiteReading> {
  const at = settings.nowMs();
  const { exchange, url, refusal, durationMs } = await follow(probe, settings);
  const evidence: SiteEvidence = {
    url: withoutUserInfo(url),
    address: exchange.address,
    status: exchange.status,
    value: null,
    at: instantOf(at),
    durationMs,
    bodySha256: exchange.body && createHash('sha256').update(exchange.body).digest('hex'),
    excerpt: exchange.body && excerptOf(exchange.body),
  };
  const unread = (problem: SiteProblem, detail: string): SiteReading => ({
    kind: 'unread',
    problem,
    detail,
    evidence,
  });
  if (refusal !== null) return unread('redirected', refusal);
  if (exchange.body === null) return unread(problemOf(exchange.causeCode), inWords(exchange));
  return readAnswer(probe, exchange, exchange.body, evidence);
}

function readAnswer(
  probe: ProbeSettings,
  { headers, status }: Exchange,
  bytes: Buffer,
  evidence: SiteEvidence,
): SiteReading {
  const unread = (problem: SiteProblem, detail: string): SiteReading => ({
    kind: 'unread',
    problem,
    detail,
    evidence,
  });
  if (status !== 200) return unread('bad_status', `HTTP ${status ?? 'without status'}`);
  const unusable = [probe.version, probe.digest, probe.health?.from]
    .map((extractor) => extractor && problemOfExtractor(extractor))
    .find((problem) => typeof problem === 'string');
  if (typeof unusable === 'string') return unread('unparsable', unusable);
  const answer = { headers, body: bytes.toString('utf8') };
  const version = extract(probe.version, answer);
  if (version === null) {
    return unread('unparsable', 'the answer holds no version where it should be');
  }
  const digest = probe.digest ? extract(probe.digest, answer) : null;
  if (probe.digest && digest === null) {
    return unread('unparsable', 'the answer holds no digest where it should be');
  }
  const healthy = !probe.health || extract(probe.health.from, answer) === probe.health.equals;
  return { kind: 'read', version, digest, healthy, evidence: { ...evidence, value: version } };
}

/** The last exchange of a probe; `refusal` says why a redirect was not followed. */
interface Followed {
  readonly exchange: Exchange;
  readonly url: string;
  readonly refusal: string | null;
  readonly durationMs: number;
}

/** Every hop passes the whole guard; all hops together stay within the limit of one. */
async function follow(probe: ProbeSettings, settings: HttpProbeSettings): Promise<Followed> {
  const limits = settings.limits ?? usualProbeLimits;
  let hopsLeft = Math.min(probe.redirects ?? 0, mostRedirects);
  let url = probe.url;
  for (let spentMs = 0; ; hopsLeft--) {
    const totalMs = Math.max(1, limits.totalMs - spentMs);
    const exchange = await askSite(url, probe, settings, { ...limits, totalMs });
    spentMs += exchange.durationMs;
    if (!isRedirect(exchange)) return { exchange, url, refusal: null, durationMs: spentMs };
    const target = redirectTarget(exchange, url, hopsLeft);
    if (target.kind === 'refused') {
      return { exchange, url, refusal: target.reason, durationMs: spentMs };
    }
    url = target.url;
  }
}

function isRedirect({ status }: Exchange): boolean {
  return status !== null && status >= 300 && status < 400;
}

function redirectTarget(
  { headers }: Exchange,
  from: string,
  hopsLeft: number,
):
  | { readonly kind: 'followed'; readonly url: string }
  | { readonly kind: 'refused'; readonly reason: string } {
  const target = URL.parse(headers['location'] ?? '', from);
  if (!target || !headers['location']) {
    return { kind: 'refused', reason: 'redirected without a readable target' };
  }
  if (hopsLeft <= 0) {
    const where = withoutUserInfo(target.href);
    return { kind: 'refused', reason: `redirected to ${where}, which is not followed` };
  }
  if (from.startsWith('https:') && target.protocol !== 'https:') {
    return { kind: 'refused', reason: 'redirected from https to http' };
  }
  return { kind: 'followed', url: target.href };
}

function askSite(
  url: string,
  probe: ProbeSettings,
  settings: HttpProbeSettings,
  limits: OutgoingLimits,
): Promise<Exchange> {
  return ask({
    method: 'GET',
    url,
    headers: { accept: '*/*', 'cache-control': 'no-cache' },
    rules: { ...settings.rules, ports: [...settings.rules.ports, ...(probe.ports ?? [])] },
    limits,
    ...(settings.resolve ? { resolve: settings.resolve } : {}),
    ...(probe.certificateAuthority === undefined
      ? {}
      : { certificateAuthority: probe.certificateAuthority }),
  });
}

const problems: Readonly<Record<string, SiteProblem>> = {
  BLOCKED_BY_GUARD: 'blocked_by_guard',
  TOO_LARGE: 'too_large',
  TOO_SLOW: 'too_slow',
  UNKNOWN_ENCODING: 'unparsable',
  Z_DATA_ERROR: 'unparsable',
  Z_BUF_ERROR: 'unparsable',
};

function problemOf(causeCode: string | null): SiteProblem {
  const code = causeCode ?? '';
  return problems[code] ?? (tlsFailure.test(code) ? 'tls_error' : 'unreachable');
}

function inWords({ causeCode, detail }: Exchange): string {
  return `${causeCode ?? 'no reason known'}: ${detail ?? ''}`;
}

function excerptOf(body: Buffer): string {
  const start = body.subarray(0, 4 * excerptCharacters).toString('utf8');
  return start
    .slice(0, excerptCharacters)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

/** A password somebody put into a URL is not kept. */
function withoutUserInfo(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text;
  url.username = '';
  url.password = '';
  return url.href;
}
