import type { Arrivals } from './arrivals.ts';
import type { Streams } from './check-message.ts';
import type { Faults } from './faults.ts';
import type { MailBox } from './mail-box.ts';
import type { MovableClock } from './movable-clock.ts';
import type { Schedule } from './schedule.ts';

/** What can be changed about the stand-in while it runs. */
export interface MailSettings {
  /** From accepting a mail until a search finds it. */
  readonly indexLagMs: number;
  /** From accepting a mail until it is delivered or bounces. */
  readonly outcomeDelayMs: number;
  readonly suppressionLagMs: number;
  readonly retentionDays: number;
  readonly account: 'active' | 'pending' | 'blocked';
  /** Which published reading of the webhook retries is played. */
  readonly webhookRetries: 'A' | 'B' | 'C';
  /** How long a minute of the retry schedule is; tests shorten it. */
  readonly webhookMinuteMs: number;
  readonly webhookTimeoutMs: number;
  /** Between two bytes of a slow trickle. */
  readonly trickleMs: number;
  readonly streams: Streams;
}

export const defaultSettings: MailSettings = {
  indexLagMs: 0,
  outcomeDelayMs: 100,
  suppressionLagMs: 50,
  retentionDays: 45,
  account: 'active',
  webhookRetries: 'A',
  webhookMinuteMs: 60_000,
  webhookTimeoutMs: 10_000,
  trickleMs: 500,
  streams: { outbound: 'Transactional', broadcast: 'Broadcasts', inbound: 'Inbound' },
};

/** Everything one running stand-in consists of. */
export interface MailWorld {
  readonly box: MailBox;
  readonly clock: MovableClock;
  readonly schedule: Schedule;
  readonly faults: Faults;
  readonly arrivals: Arrivals;
  readonly tokens: ReadonlySet<string>;
  readonly stopping: AbortSignal;
  settings: MailSettings;
}

/** The token that checks a mail and sends nothing. */
export const testToken = 'POSTMARK_API_TEST';

/** Whether a message is still kept at this moment of the sandbox's own clock. */
export function isKept(world: MailWorld, receivedAtMs: number): boolean {
  return world.clock.nowMs() - receivedAtMs < world.settings.retentionDays * 86_400_000;
}
