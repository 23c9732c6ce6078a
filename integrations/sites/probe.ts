import type { SiteReading } from '../../domain/rollout/judge-site-reading.ts';

/** Asks a site which build it runs. */
export interface SiteProbe {
  /** Looks once. Never throws: whatever goes wrong is a reading. */
  read(probe: ProbeSettings): Promise<SiteReading>;
}

/** Where a site reports its build, and where in the answer it stands. */
export interface ProbeSettings {
  readonly url: string;
  readonly version: Extractor;
  /** Absent when the site does not expose a digest. */
  readonly digest?: Extractor;
  /** Absent when an answer alone counts as healthy. */
  readonly health?: HealthCondition;
  /** Ports allowed for this site besides 80 and 443. */
  readonly ports?: readonly number[];
  /** PEM of the client's own certificate authority. */
  readonly certificateAuthority?: string;
  /** Redirects that may be followed, 0 to 3; 0 when absent. */
  readonly redirects?: number;
}

/** How a value is taken from an answer. A pattern gives its first group, or all it matched. */
export type Extractor =
  | { readonly kind: 'json-pointer'; readonly pointer: string }
  | { readonly kind: 'header'; readonly name: string }
  | { readonly kind: 'pattern'; readonly pattern: string };

/** The site is healthy while the extracted text equals the given one. */
export interface HealthCondition {
  readonly from: Extractor;
  readonly equals: string;
}
