import { deriveLinkKeys } from '../../activities/consent/approval-link.ts';
import { createActivities } from '../../activities/index.ts';
import { createMessageDesk } from '../../activities/messages/create-message-desk.ts';
import { defaultMailSettings } from '../../activities/messages/mail-settings.ts';
import type { Database } from '../../database/in-transaction.ts';
import { openPool } from '../../database/pool.ts';
import { wakeLedger } from '../../database/stores/owed-wake.store.ts';
import type { Duration } from '../../domain/duration.ts';
import { plusMs } from '../../domain/instant.ts';
import type { Deployer } from '../../integrations/deployment/deployer.ts';
import type { Mailer } from '../../integrations/mail/mailer.ts';
import type { SiteProbe } from '../../integrations/sites/probe.ts';
import { sendWakes } from '../../integrations/workflow-engine/send-wakes.ts';
import { wakeAfterCommit } from '../../integrations/workflow-engine/wake-after-commit.ts';
import type { WorkflowEngine } from '../../integrations/workflow-engine/workflow-engine.ts';
import { createRenderer } from '../../templates/render.ts';
import { insertDeployer, insertVendor, openTestStorage, rightNow } from '../support/fixtures.ts';
import { insertRollout } from '../support/rollout-fixture.ts';
import type { Contender } from './round.ts';

/** A contender that is to be closed, and that says how many statements it put to the database. */
export interface Product extends Contender {
  readonly statements: () => number;
  readonly close: () => Promise<void>;
}

const hourMs = 3_600_000;
const none = 'PT0S' as Duration;

/** The product on a real Postgres; deployer, sites and mail answer at once. */
export async function openProduct(engine: WorkflowEngine, clients: number): Promise<Product> {
  const storage = await openTestStorage({ poolSize: 20 });
  const { pool, shelf } = storage;
  // What the relay and the benchmark ask by the clock is no client's, so it goes another way.
  const watching = openPool(storage.url, 2);
  const relay = wakeLedger({ ...storage.database, pool: watching });
  const ledger = wakeLedger(storage.database);
  const sender = wakeAfterCommit(ledger, engine);
  const database: Database = { ...storage.database, onWakes: sender.onWakes };
  await insertVendor(pool, { maxInFlight: clients });
  await insertDeployer(pool, { maxInFlight: clients });
  const now = rightNow();
  const rollout = await insertRollout(pool, {
    clients,
    policy: {
      consent: 'inform',
      previewRequired: true,
      maxInFlight: clients,
      undoTime: none,
      probes: { times: 1, interval: none },
    },
    slotLatestEnd: plusMs(now, 4 * hourMs),
    noticeDeadline: plusMs(now, hourMs),
  });
  const [build] = await pool.rows<{ version: string; digest: string | null }>(
    `select b.version, b.digest from build b where b.id = $1`,
    [rollout.buildId],
  );
  const renderer = createRenderer();
  const linkKeys = deriveLinkKeys('b'.repeat(32));
  const deskSettings = {
    from: 'Daymark <daymark@vendor.example>',
    replyTo: null,
    stream: 'outbound',
  };
  const activities = createActivities({
    database,
    shelf,
    linkKeys,
    desk: createMessageDesk({ shelf, renderer, linkKeys, deskSettings }),
    mailer: promptMailer,
    mailSettings: {
      ...defaultMailSettings,
      baseUrl: 'https://daymark.example',
      pacePerSecond: 0,
      concurrency: 20,
    },
    deployers: { open: () => promptDeployer },
    settings: { pollMinMs: 100, pollMaxMs: 1_000, permitMs: 10_000, requestMs: 5_000 },
    probe: probeOf(build ?? { version: '', digest: null }),
  });
  const before = pool.statementCount();
  return {
    activities,
    workflowIds: rollout.clients.map((client) => client.workflowId),
    begin: async () => {
      while ((await sendWakes(relay, engine)).claimed > 0);
    },
    isOver: async () => {
      await sendWakes(relay, engine);
      const rows = await watching.rows<{ open: number }>(
        `select count(*) as open from client_rollout cr where cr.state <> 'done'`,
      );
      return rows[0]?.open === 0;
    },
    statements: () => pool.statementCount() - before,
    close: async () => {
      await sender.settle();
      await renderer.close();
      await watching.end();
      await storage.close();
    },
  };
}

const promptDeployer: Deployer = {
  capability: 'key',
  dispatch: (request) => {
    request.beforeWrite();
    return Promise.resolve({ kind: 'succeeded', operationId: request.key, detail: null });
  },
  lookUp: () => Promise.resolve({ kind: 'not-supported' }),
  test: () => Promise.resolve({ kind: 'not-supported' }),
};

const promptMailer: Mailer = {
  send: (mail) => Promise.resolve({ kind: 'accepted', messageId: `message of ${mail.deliveryId}` }),
  find: () => Promise.resolve({ kind: 'absent' }),
  details: () => Promise.resolve({ kind: 'absent' }),
  close: () => Promise.resolve(),
};

/** Every site runs what was last deployed. */
function probeOf({
  version,
  digest,
}: {
  readonly version: string;
  readonly digest: string | null;
}): SiteProbe {
  return {
    read: ({ url }) =>
      Promise.resolve({
        kind: 'read',
        version,
        digest,
        healthy: true,
        evidence: {
          url,
          address: null,
          status: 200,
          value: version,
          at: rightNow(),
          durationMs: 0,
          bodySha256: null,
          excerpt: null,
        },
      }),
  };
}
