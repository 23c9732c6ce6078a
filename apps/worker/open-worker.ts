import { deriveLinkKeys } from '../../activities/consent/approval-link.ts';
import { usualPermitMs } from '../../activities/deployment/deploy-dependencies.ts';
import { deployerRegistry } from '../../activities/deployment/deployer-registry.ts';
import { createActivities } from '../../activities/index.ts';
import { createMessageDesk } from '../../activities/messages/create-message-desk.ts';
import { calendarShelf } from '../../database/calendar-shelf.ts';
import { databaseClock } from '../../database/clock.ts';
import type { Database } from '../../database/in-transaction.ts';
import { openPool } from '../../database/pool.ts';
import { wakeLedger } from '../../database/stores/owed-wake.store.ts';
import { openPostmarkMailer } from '../../integrations/mail/postmark-mailer.ts';
import { openHttpProbe } from '../../integrations/sites/http-probe.ts';
import type { WakeLedger } from '../../integrations/workflow-engine/send-wakes.ts';
import { temporalEngine } from '../../integrations/workflow-engine/temporal-engine.ts';
import { wakeAfterCommit } from '../../integrations/workflow-engine/wake-after-commit.ts';
import type { WorkflowEngine } from '../../integrations/workflow-engine/workflow-engine.ts';
import { createRenderer } from '../../templates/render.ts';
import type { Activities } from '../../workflows/contract/activities.ts';
import type { WorkerConfig } from './config.ts';

/** What a worker works with, wired from its settings. */
export interface OpenWorker {
  readonly database: Database;
  readonly ledger: WakeLedger;
  readonly engine: WorkflowEngine;
  readonly activities: Activities;
  readonly close: () => Promise<void>;
}

const poolSize = 20;

/** Wires everything; nothing is connected before it is used. */
export function openWorker(config: WorkerConfig): OpenWorker {
  const pool = openPool(config.databaseUrl, poolSize);
  const engine = temporalEngine(config.temporal, config.splitOff);
  const ledger = wakeLedger({ pool, clock: databaseClock });
  const sender = wakeAfterCommit(ledger, engine);
  const database: Database = { pool, clock: databaseClock, onWakes: sender.onWakes };
  const shelf = calendarShelf();
  const renderer = createRenderer();
  const linkKeys = deriveLinkKeys(config.secret);
  const { from, replyTo, stream, serverToken, apiUrl, deadlineMs } = config.mail;
  const desk = createMessageDesk({
    shelf,
    renderer,
    linkKeys,
    deskSettings: { from, replyTo, stream },
  });
  const mailer = openPostmarkMailer({ serverToken, apiUrl, deadlineMs, nowMs: Date.now });
  const activities = createActivities({
    database,
    shelf,
    desk,
    mailer,
    linkKeys,
    mailSettings: { ...config.mail, baseUrl: config.baseUrl },
    deployers: deployerRegistry({
      rules: config.outgoing,
      programs: config.programs,
      requestMs: config.deployer.deadlineMs,
      nowMs: Date.now,
      secretOf: config.secretOf,
    }),
    settings: {
      pollMinMs: config.deployer.pollMinMs,
      pollMaxMs: config.deployer.pollMaxMs,
      permitMs: usualPermitMs,
      requestMs: config.deployer.deadlineMs,
    },
    probe: openHttpProbe({ rules: config.outgoing, nowMs: Date.now }),
  });
  return {
    database,
    ledger,
    engine,
    activities,
    close: async () => {
      await sender.settle();
      await Promise.all([engine.close(), mailer.close(), renderer.close()]);
      await pool.end();
    },
  };
}
