import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { listen, sendJson, stopListening } from '../http/exchange.ts';
import type { FleetClient, SiteKind } from './fleet.ts';
import type { BuildCatalogue } from './build-catalogue.ts';
import { readSite, type SiteFolder } from './site-folder.ts';
import { misbehave, type SiteMode } from './site-mode.ts';

/** What a site server is made of. */
export interface SiteServerOptions {
  readonly client: FleetClient;
  readonly kind: SiteKind;
  readonly port: number;
  readonly folder: SiteFolder;
  readonly catalogue: BuildCatalogue;
}

/** A site that answers on its port. */
export interface SiteServer {
  readonly port: number;
  readonly mode: () => SiteMode;
  /** Changes how the site behaves, for the next requests only when a number of times is given. */
  readonly setMode: (mode: SiteMode, times?: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
};

const servedPath = /^(?:images\/)?[a-z0-9][a-z0-9._-]*$/;

/** Starts one site: an HTTP server of its own over the files of its current release. */
export async function startSiteServer(options: SiteServerOptions): Promise<SiteServer> {
  let mode: SiteMode = { kind: 'normal' };
  let timesLeft = Infinity;
  let server = newServer();
  const what = `${options.client.name} (${options.kind} site)`;
  const setting = 'DAYMARK_SANDBOX_SITE_PORTS';
  const port = await listen(server, { port: options.port, what, setting });

  function newServer(): Server {
    return createServer((request, response) => {
      answer(request, response).catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        sendJson(response, 500, { code: 'SITE_BROKEN', message });
      });
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const acting = takeMode();
    if (acting.kind === 'down') {
      request.destroy();
      return;
    }
    if (acting.kind !== 'normal' && acting.kind !== 'old-version') {
      await misbehave(response, acting);
      return;
    }
    const release =
      acting.kind === 'old-version'
        ? options.catalogue.folderOf(acting.version)
        : await options.folder.current();
    await serve({ request, response, options, release });
  }

  function takeMode(): SiteMode {
    const taken = mode;
    timesLeft -= 1;
    if (timesLeft <= 0) {
      mode = { kind: 'normal' };
      timesLeft = Infinity;
    }
    return taken;
  }

  return {
    port,
    mode: () => mode,
    setMode: async (next, times) => {
      const wasDown = !server.listening;
      mode = next;
      timesLeft = times ?? Infinity;
      // A refused connection cannot be counted: "down" for n requests resets them instead.
      const mustListen = next.kind !== 'down' || times !== undefined;
      if (!mustListen && !wasDown) await stopListening(server);
      if (mustListen && wasDown) {
        server = newServer();
        await listen(server, { port, what, setting });
      }
    },
    close: () => stopListening(server),
  };
}

interface Serving {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly options: SiteServerOptions;
  readonly release: string | null;
}

async function serve({ request, response, options, release }: Serving): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendJson(response, 405, { message: 'this site is only read' }, { allow: 'GET, HEAD' });
    return;
  }
  const path = new URL(request.url ?? '/', 'http://site').pathname.slice(1);
  if (path === 'site.json') {
    sendJson(response, 200, { ...options.client, client: options.client.key, kind: options.kind });
    return;
  }
  if (release === null) {
    sendJson(response, 503, { message: 'nothing was ever deployed to this site' });
    return;
  }
  if (path === 'version.json') {
    sendJson(response, 200, await readSite(release));
    return;
  }
  if (path === 'healthz') {
    sendJson(response, 200, { status: 'ok' });
    return;
  }
  await sendFile(response, release, path === '' ? 'index.html' : path);
}

async function sendFile(response: ServerResponse, release: string, path: string): Promise<void> {
  const content = servedPath.test(path)
    ? await readFile(join(release, path)).catch(() => null)
    : null;
  if (content === null) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
    return;
  }
  response.writeHead(200, {
    'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
    'content-length': content.length,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  });
  response.end(content);
}
