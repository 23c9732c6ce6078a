import { createServer } from 'node:http';
import { listen, sendJson, stopListening } from '../http/exchange.ts';
import { routing, type Route } from '../http/router.ts';
import { createArrivalBoard } from './arrivals.ts';
import { controlRoutes } from './control-routes.ts';
import type { DeployerControl } from './deployer-control.ts';
import { deployRoutes } from './deploy-routes.ts';
import { createFaultBoard } from './faults.ts';
import { openOperationBook } from './operation-book.ts';
import { openRequestLog } from './request-log.ts';
import { openWorkshop, type DeployTarget } from './workshop.ts';

/** What a deployer needs; the rest has the values of the sandbox. */
export interface DeployerOptions {
  /** 0 takes a free port. */
  readonly port: number;
  /** Where it keeps its record; what ran there when a process was killed is taken up again. */
  readonly dataDir: string;
  /** `whsec_…`; several while a secret is being changed. */
  readonly secrets: readonly string[];
  readonly sites: DeployTarget;
  /** How long one deployment takes. */
  readonly workMs?: number;
  readonly honoursKey?: boolean;
  readonly repeatWhileRunning?: 'accepted' | 'conflict';
  /** The clock by which signatures are judged. */
  readonly now?: () => number;
  /** Further control routes on the same port. */
  readonly routes?: readonly Route[];
}

/** A deployer that answers on its port. */
export interface Deployer {
  readonly url: string;
  readonly port: number;
  readonly control: DeployerControl;
  readonly close: () => Promise<void>;
}

/** Starts a deployer; the address to configure is `${url}/deploy`. */
export async function startDeployer(options: DeployerOptions): Promise<Deployer> {
  const book = openOperationBook(options.dataDir);
  const log = openRequestLog(options.dataDir);
  const workshop = openWorkshop(book, options.sites);
  const faults = createFaultBoard();
  const arrivals = createArrivalBoard();
  let workMs = options.workMs ?? 3000;

  const control: DeployerControl = {
    effects: book.effects,
    requests: log.list,
    operationOf: book.byKey,
    running: book.running,
    settled: (key) => workshop.settled(book.byKey(key)?.id ?? ''),
    inject: faults.add,
    faults: faults.list,
    clearFaults: faults.clear,
    waitForArrivals: arrivals.waitFor,
    release: arrivals.release,
    setWorkMs: (ms) => {
      workMs = ms;
    },
  };
  const protocol = deployRoutes({
    book,
    workshop,
    faults,
    arrivals,
    log,
    target: options.sites,
    secrets: options.secrets,
    now: options.now ?? Date.now,
    workMs: () => workMs,
    honoursKey: options.honoursKey ?? true,
    repeatWhileRunning: options.repeatWhileRunning ?? 'accepted',
  });
  const routes = [...protocol, ...controlRoutes(control), health, ...(options.routes ?? [])];
  const server = createServer(routing(routes));
  const close = async (): Promise<void> => {
    await stopListening(server);
    await workshop.close();
    book.close();
    log.close();
  };
  const wanted = {
    port: options.port,
    what: 'the deployer',
    setting: 'DAYMARK_SANDBOX_DEPLOYER_PORT',
  };
  const port = await listen(server, wanted).catch(async (error: unknown) => {
    await workshop.close();
    throw error;
  });
  return { url: `http://127.0.0.1:${port}`, port, control, close };
}

const health: Route = {
  method: 'GET',
  path: /^\/healthz$/,
  handle: ({ response }) => {
    sendJson(response, 200, { status: 'ok' });
  },
};
