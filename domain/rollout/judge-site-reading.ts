import type { Instant } from '../instant.ts';

/** What a site reported about itself, or why it could not be asked. */
export type SiteReading =
  | {
      readonly kind: 'read';
      readonly version: string;
      /** Null when the site does not expose one. */
      readonly digest: string | null;
      readonly healthy: boolean;
      readonly evidence: SiteEvidence;
    }
  | {
      readonly kind: 'unread';
      readonly problem: SiteProblem;
      readonly detail: string;
      readonly evidence: SiteEvidence;
    };

/** Why nothing can be said about a site. */
export type SiteProblem =
  | 'unreachable'
  | 'tls_error'
  | 'redirected'
  | 'too_large'
  | 'too_slow'
  | 'bad_status'
  | 'unparsable'
  | 'blocked_by_guard';

/** What is kept of one look at a site; the raw body is not. */
export interface SiteEvidence {
  readonly url: string;
  /** The address that was connected to. */
  readonly address: string | null;
  readonly status: number | null;
  readonly value: string | null;
  readonly at: Instant;
  readonly durationMs: number;
  readonly bodySha256: string | null;
  /** The first characters of the body, control characters removed. */
  readonly excerpt: string | null;
}

/** The build a site should report; a null digest is not compared. */
export interface ExpectedBuild {
  readonly version: string;
  readonly digest: string | null;
}

/** The answer to "does this site run the build?". */
export type ProbeVerdict =
  | { readonly kind: 'match' }
  | { readonly kind: 'failed'; readonly reason: 'other_version'; readonly value: string }
  | { readonly kind: 'failed'; readonly reason: 'unhealthy' }
  | { readonly kind: 'unknown'; readonly reason: SiteProblem; readonly detail: string };

/** Compares what a site reported with the build it should run. */
export function judgeSiteReading(reading: SiteReading, expected: ExpectedBuild): ProbeVerdict {
  if (reading.kind === 'unread') {
    return { kind: 'unknown', reason: reading.problem, detail: reading.detail };
  }
  if (reading.version !== expected.version) {
    return { kind: 'failed', reason: 'other_version', value: reading.version };
  }
  if (reading.digest !== null && expected.digest !== null && reading.digest !== expected.digest) {
    return {
      kind: 'failed',
      reason: 'other_version',
      value: `${reading.version} ${reading.digest}`,
    };
  }
  return reading.healthy ? { kind: 'match' } : { kind: 'failed', reason: 'unhealthy' };
}
