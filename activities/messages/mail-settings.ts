import type { ActDependencies } from '../dependencies.ts';
import type { Mailer } from '../../integrations/mail/mailer.ts';
import type { LinkKeys } from '../consent/approval-link.ts';

/** How mails are handed over, looked for and given up. */
export interface MailSettings {
  /** The address people reach Daymark under; secret links start with it. */
  readonly baseUrl: string;
  /** Mails in flight at once. */
  readonly concurrency: number;
  /** Mails per second; 0 = no limit. */
  readonly pacePerSecond: number;
  /** How long a claimed mail belongs to its sender; longer than one call may take. */
  readonly leaseMs: number;
  /** When a mail of unknown outcome is looked for, counted from the end of its attempt, rising. */
  readonly lookUpsMs: readonly number[];
  readonly backOffMaxMs: number;
  /** When an accepted mail of which no report came is looked up; then hourly. */
  readonly settleAfterMs: number;
  /** For mails to clients that cannot be found; internal mails are always sent again. */
  readonly onUnknown: 'needs-human' | 'resend';
}

/** What holds unless the configuration says otherwise. */
export const defaultMailSettings: Omit<MailSettings, 'baseUrl'> = {
  concurrency: 4,
  pacePerSecond: 5,
  leaseMs: 90_000,
  lookUpsMs: [15_000, 60_000, 300_000, 900_000],
  backOffMaxMs: 300_000,
  settleAfterMs: 1_800_000,
  onUnknown: 'needs-human',
};

/** What sending needs. */
export interface MailDependencies extends Pick<ActDependencies, 'database'> {
  readonly mailer: Mailer;
  readonly linkKeys: LinkKeys;
  readonly mailSettings: MailSettings;
}

/** How long until the look-up of that number, counted from the one before it; null after the last. */
export function lookUpGapMs({ lookUpsMs }: MailSettings, number: number): number | null {
  const due = lookUpsMs[number];
  if (due === undefined) return null;
  return due - (number === 0 ? 0 : (lookUpsMs[number - 1] ?? 0));
}
