/** What a PM judged a change to do to those who use it. */
export type Impact = 'transparent' | 'visible' | 'action needed';

/** What a policy is chosen by when nobody names one. */
export interface PolicyQuestion {
  readonly kind: 'hotfix' | 'release';
  readonly critical: boolean;
  /** From the latest assessment; null = not assessed. */
  readonly impact: Impact | null;
}

const releasePolicies = {
  transparent: 'transparent-release',
  visible: 'visible-release',
  'action needed': 'action-release',
} as const satisfies Record<Impact, string>;

/** The name of the policy for a change; null for a release that nobody has assessed yet. */
export function choosePolicy({ kind, critical, impact }: PolicyQuestion): string | null {
  if (kind === 'hotfix') return critical ? 'critical-hotfix' : 'hotfix';
  return impact === null ? null : releasePolicies[impact];
}
