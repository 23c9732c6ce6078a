import { type MailServer, startMailServer } from '../../apps/sandbox/mail/mail-server.ts';
import type { FaultRequest } from '../../apps/sandbox/mail/faults.ts';
import type { MailSettings as SandboxMailSettings } from '../../apps/sandbox/mail/mail-world.ts';
import { deriveLinkKeys } from '../../activities/consent/approval-link.ts';
import { createMessageDesk } from '../../activities/messages/create-message-desk.ts';
import type { DeskDependencies } from '../../activities/messages/desk-dependencies.ts';
import type { MailDependencies, MailSettings } from '../../activities/messages/mail-settings.ts';
import type { MessageDesk } from '../../activities/messages/message-desk.ts';
import { sendDue } from '../../activities/messages/send-due.ts';
import type { Clock } from '../../database/clock.ts';
import type { Transaction } from '../../database/in-transaction.ts';
import { inTransaction } from '../../database/in-transaction.ts';
import { type Instant, instantOf, plusMs } from '../../domain/instant.ts';
import type { Mailer } from '../../integrations/mail/mailer.ts';
import { openPostmarkMailer } from '../../integrations/mail/postmark-mailer.ts';
import { createRenderer, type Renderer } from '../../templates/render.ts';
import { insertDeployer, insertVendor, openTestStorage, type TestStorage } from './fixtures.ts';
import { insertRollout, type RolloutOptions, type TestRollout } from './rollout-fixture.ts';

/** The ledger, the desk and the sender at work with the stand-in mail server, on a clock that a test moves. */
export interface MailHouse {
  readonly storage: TestStorage;
  readonly server: MailServer;
  readonly mailer: Mailer;
  readonly renderer: Renderer;
  readonly desk: MessageDesk;
  readonly deskDependencies: DeskDependencies;
  readonly mailDependencies: MailDependencies;
  readonly now: () => Instant;
  readonly advance: (ms: number) => void;
  readonly transact: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>;
  /** One call of the mail loop's act. */
  readonly sendDue: () => Promise<number | null>;
  readonly fault: (fault: FaultRequest) => void;
  readonly mails: () => Promise<readonly LedgerMail[]>;
  readonly attention: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

/** A row of the ledger as tests look at it. */
export interface LedgerMail {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly attempt: number;
  readonly boundTo: string | null;
  readonly to: string;
  readonly dedupeKey: string;
  readonly messageId: string | null;
  readonly sequence: number | null;
}

const token = 'test-token';

/** Look-ups after 15 and 60 seconds, so that a test needs to move the clock twice. */
const settings: MailSettings = {
  baseUrl: 'https://daymark.example',
  concurrency: 4,
  pacePerSecond: 0,
  leaseMs: 90_000,
  lookUpsMs: [15_000, 60_000],
  backOffMaxMs: 300_000,
  settleAfterMs: 1_800_000,
  onUnknown: 'needs-human',
};

/** Opens a house of a test's own. */
export async function openMailHouse(
  options: {
    readonly settings?: Partial<MailSettings>;
    readonly server?: Partial<SandboxMailSettings>;
    readonly deadlineMs?: number;
    readonly live?: boolean;
  } = {},
): Promise<MailHouse> {
  let at = instantOf(Date.now());
  const clock: Clock = { now: () => Promise.resolve(at) };
  const storage = await openTestStorage({ clock });
  const server = await startMailServer({
    port: 0,
    tokens: [token],
    settings: { outcomeDelayMs: 0, ...options.server },
  });
  const mailer = openPostmarkMailer({
    serverToken: token,
    apiUrl: server.url,
    deadlineMs: options.deadlineMs ?? 5_000,
    nowMs: () => Date.parse(at),
  });
  const renderer = createRenderer();
  const linkKeys = deriveLinkKeys('a secret of a test that is long enough for everything');
  const deskDependencies: DeskDependencies = {
    shelf: storage.shelf,
    renderer,
    linkKeys,
    deskSettings: {
      from: 'Parkwise Releases <releases@parkwise.example>',
      replyTo: 'support@parkwise.example',
      stream: 'outbound',
    },
  };
  const mailDependencies: MailDependencies = {
    database: storage.database,
    mailer,
    linkKeys,
    mailSettings: { ...settings, ...options.settings },
  };
  await insertVendor(storage.pool, { live: options.live ?? true });
  await insertDeployer(storage.pool);
  const pulse = { beat: () => undefined, stopping: new AbortController().signal };
  return {
    storage,
    server,
    mailer,
    renderer,
    desk: createMessageDesk(deskDependencies),
    deskDependencies,
    mailDependencies,
    now: () => at,
    advance: (ms) => {
      at = plusMs(at, ms);
    },
    transact: (work) => inTransaction(storage.database, work),
    sendDue: async () => (await sendDue(mailDependencies, { stream: 'outbound' }, pulse)).sleepMs,
    fault: (fault) => {
      server.control.addFault(fault);
    },
    mails: () => storage.pool.rows<LedgerMail>(selectMails),
    attention: async () => {
      const rows = await storage.pool.rows<{ kind: string }>(
        `select a.kind from attention_item a where a.resolved_at is null order by a.raised_at, a.kind`,
      );
      return rows.map(({ kind }) => kind);
    },
    close: async () => {
      await mailer.close();
      await renderer.close();
      await server.close();
      await storage.close();
    },
  };
}

const selectMails = `
  select m.id, m.kind, m.status, m.attempt, m.bound_to as "boundTo", m.snapshot ->> 'to' as to,
    m.dedupe_key as "dedupeKey", m.pm_message_id as "messageId", m.calendar_sequence as sequence
  from mail_delivery m
  order by m.lane_position, m.created_at, m.id`;

/** A rollout whose clients have agreed and have a date in ten days, with the lead far away. */
export async function insertAgreedRollout(
  house: MailHouse,
  options: RolloutOptions = {},
): Promise<TestRollout> {
  const slotStart = plusMs(house.now(), 10 * 86_400_000);
  return await insertRollout(house.storage.pool, {
    clientState: 'agreed',
    slotStart,
    slotLatestEnd: plusMs(slotStart, 3_600_000),
    noticeAt: house.now(),
    noticeDeadline: plusMs(slotStart, -86_400_000),
    ...options,
  });
}

/** Moves a client's slot by whole days, as planning does before it tells the desk. */
export async function moveSlot(
  house: MailHouse,
  clientRolloutId: string,
  days: number,
): Promise<void> {
  await house.storage.pool.rows(
    `update client_rollout as cr
     set slot_start = cr.slot_start + $2 * interval '1 day',
         slot_latest_end = cr.slot_latest_end + $2 * interval '1 day',
         notice_deadline = cr.notice_deadline + $2 * interval '1 day',
         slot_local_start = to_char(cr.slot_start + $2 * interval '1 day', 'YYYY-MM-DD"T"HH24:MI'),
         slot_number = cr.slot_number + 1
     where cr.id = $1`,
    [clientRolloutId, days],
  );
}
