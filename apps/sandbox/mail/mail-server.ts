import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handleApi } from './api-routes.ts';
import { Arrivals } from './arrivals.ts';
import { handleControl } from './control-routes.ts';
import { MailControl, type Door } from './control.ts';
import { Exchange, type LoggedRequest } from './exchange.ts';
import { Faults } from './faults.ts';
import { handleInbox } from './inbox/inbox-routes.ts';
import { MailBox } from './mail-box.ts';
import { defaultSettings, type MailSettings, type MailWorld } from './mail-world.ts';
import { MovableClock, type TimeSource } from './movable-clock.ts';
import { resumeOutcomes } from './outcomes.ts';
import { Schedule } from './schedule.ts';
import { setTargetFromOptions } from './webhooks.ts';

/** How the stand-in is started. */
export interface MailServerOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly host?: string;
  /** The server tokens that may send. */
  readonly tokens: readonly string[];
  /** Where messages are kept over a restart; without it they live in memory only. */
  readonly dataDir?: string | undefined;
  readonly webhookUrl?: string | undefined;
  readonly webhookAuth?: { readonly username: string; readonly password: string } | undefined;
  readonly webhookHeaders?:
    readonly { readonly Name: string; readonly Value: string }[] | undefined;
  readonly clock?: TimeSource | undefined;
  readonly settings?: Partial<MailSettings> | undefined;
  /** Told of defects of the stand-in itself, never of its faults. */
  readonly onDefect?: ((error: unknown) => void) | undefined;
}

/** A running stand-in. */
export interface MailServer {
  readonly url: string;
  readonly port: number;
  readonly control: MailControl;
  close(): Promise<void>;
}

const keptRequests = 10_000;

/** Starts the Postmark-compatible mail server with its control API and its inbox page. */
export async function startMailServer(options: MailServerOptions): Promise<MailServer> {
  const clock = new MovableClock(options.clock);
  const stopping = new AbortController();
  const world: MailWorld = {
    box: await MailBox.open(options.dataDir),
    clock,
    schedule: new Schedule(clock),
    faults: new Faults(),
    arrivals: new Arrivals(),
    tokens: new Set(options.tokens),
    stopping: stopping.signal,
    settings: { ...defaultSettings, ...options.settings },
  };
  const { webhookUrl: url, webhookAuth: auth, webhookHeaders: headers } = options;
  await setTargetFromOptions(world, url === undefined ? null : { url, auth, headers });
  const requests = new Requests(clock);
  const door = new HttpDoor(options, (request, response) => {
    void serve({ world, control, requests, onDefect: options.onDefect }, request, response);
  });
  const control = new MailControl(world, door, requests);
  await door.open();
  resumeOutcomes(world);
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${door.port}`,
    port: door.port,
    control,
    close: async () => {
      stopping.abort();
      world.arrivals.release('all', 'drop');
      await door.close();
      await world.schedule.close();
      await world.box.close();
    },
  };
}

interface House {
  readonly world: MailWorld;
  readonly control: MailControl;
  readonly requests: Requests;
  readonly onDefect: MailServerOptions['onDefect'];
}

async function serve(
  { world, control, requests, onDefect }: House,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange = new Exchange(request, response);
  try {
    if (exchange.url.pathname.startsWith('/control/')) {
      await handleControl(control, exchange);
      return;
    }
    if (await handleInbox(world, exchange)) return;
    requests.add(exchange);
    await handleApi(world, exchange);
  } catch (error) {
    // a caller who leaves while we read is no defect
    if (exchange.isGone) return;
    onDefect?.(error);
    if (response.headersSent) response.destroy();
    else exchange.refuse(500, 101, 'The stand-in failed; its own log says why.');
  }
}

/** The latest calls of the API, with what became of them. */
class Requests {
  readonly #clock: TimeSource;
  #seen: { readonly id: number; readonly atMs: number; readonly exchange: Exchange }[] = [];
  #lastId = 0;

  constructor(clock: TimeSource) {
    this.#clock = clock;
  }

  add(exchange: Exchange): void {
    this.#lastId += 1;
    this.#seen.push({ id: this.#lastId, atMs: this.#clock.nowMs(), exchange });
    if (this.#seen.length > keptRequests) this.#seen = this.#seen.slice(-keptRequests / 2);
  }

  list(): readonly LoggedRequest[] {
    return this.#seen.map(({ id, atMs, exchange }) => exchange.logged(id, atMs));
  }

  clear(): void {
    this.#seen = [];
  }
}

/** The listening socket; it can be closed for a while and opened again on the same port. */
class HttpDoor implements Door {
  readonly #host: string;
  readonly #handle: (request: IncomingMessage, response: ServerResponse) => void;
  #server: Server | undefined;
  port: number;

  constructor(
    { port, host }: Pick<MailServerOptions, 'port' | 'host'>,
    handle: (request: IncomingMessage, response: ServerResponse) => void,
  ) {
    this.port = port;
    this.#host = host ?? '127.0.0.1';
    this.#handle = handle;
  }

  async open(): Promise<void> {
    if (this.#server) return;
    const server = createServer(this.#handle);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, this.#host, resolve);
    });
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
}
