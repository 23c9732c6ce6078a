import { deployerRegistry } from '../../../activities/deployment/deployer-registry.ts';
import { deriveLinkKeys } from '../../../activities/consent/approval-link.ts';
import { createMessageDesk } from '../../../activities/messages/create-message-desk.ts';
import { calendarShelf } from '../../../database/calendar-shelf.ts';
import { databaseClock } from '../../../database/clock.ts';
import { openPool } from '../../../database/pool.ts';
import { wakeLedger } from '../../../database/stores/owed-wake.store.ts';
import { openHttpProbe, usualProbeLimits } from '../../../integrations/sites/http-probe.ts';
import { temporalEngine } from '../../../integrations/workflow-engine/temporal-engine.ts';
import {
  type EngineHealth,
  temporalHealth,
} from '../../../integrations/workflow-engine/temporal-health.ts';
import { wakeAfterCommit } from '../../../integrations/workflow-engine/wake-after-commit.ts';
import type { WorkflowEngine } from '../../../integrations/workflow-engine/workflow-engine.ts';
import { createRenderer } from '../../../templates/render.ts';
import type { Backend, Log } from './backend.ts';
import type { ApiConfig } from './config.ts';
import { openEventFeed } from './events/event-feed.ts';
import { OpenStreams } from './events/open-streams.ts';

/** The parts of one process, and how they are given back. */
export interface OpenBackend {
  readonly backend: Backend;
  /** Not ready any more; streams end. */
  readonly stopTaking: () => void;
  readonly close: () => Promise<void>;
}

/** Opens what the API works with. Nothing of it needs the outside to be there yet. */
export function openBackend(
  config: ApiConfig,
  log: Log,
  engine: WorkflowEngine = temporalEngine(config.temporal, config.splitOff),
  health: EngineHealth = temporalHealth(config.temporal),
): OpenBackend {
  const pool = openPool(config.databaseUrl, 10);
  const sender = wakeAfterCommit(wakeLedger({ pool, clock: databaseClock }), engine);
  const shelf = calendarShelf();
  const renderer = createRenderer();
  const linkKeys = deriveLinkKeys(config.secret);
  const feed = openEventFeed(pool);
  const streams = new OpenStreams();
  let isOpen = true;
  // The class is the name by which services ask for these parts; it has no behaviour of its own.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  const backend: Backend = {
    database: { pool, clock: databaseClock, onWakes: sender.onWakes },
    shelf,
    renderer,
    linkKeys,
    desk: createMessageDesk({ shelf, renderer, linkKeys, deskSettings: config.desk }),
    deskSettings: config.desk,
    deployers: deployerRegistry({
      rules: config.outgoing,
      programs: config.programs,
      requestMs: config.deployerDeadlineMs,
      nowMs: Date.now,
      secretOf: config.secretOf,
    }),
    probe: openHttpProbe({ rules: config.outgoing, limits: usualProbeLimits, nowMs: Date.now }),
    pageKey: config.pageKey,
    settings: config.settings,
    log,
    feed,
    streams,
    problemOfTemporal: health.problem,
    isOpen: () => isOpen,
  };
  return {
    backend,
    stopTaking: () => {
      isOpen = false;
      streams.endAll();
    },
    close: async () => {
      await feed.close();
      await sender.settle();
      await engine.close();
      await health.close();
      await renderer.close();
      await pool.end();
    },
  };
}
