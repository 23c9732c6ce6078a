import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** How a site behaves, well or badly. */
export const siteModeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('normal') }),
  /** Serves the files of another build, as after a deployment that did not take. */
  z.strictObject({ kind: z.literal('old-version'), version: z.string().default('1.9.3') }),
  z.strictObject({
    kind: z.literal('redirect'),
    location: z.string().default('http://169.254.169.254/latest/meta-data/'),
    status: z.union([301, 302, 303, 307, 308].map((each) => z.literal(each))).default(302),
  }),
  z.strictObject({ kind: z.literal('huge'), megabytes: z.int().positive().max(1000).default(100) }),
  /** One byte at a time, without an end. */
  z.strictObject({ kind: z.literal('trickle'), everyMs: z.int().positive().default(200) }),
  /** Takes the request and never answers. */
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('error'), status: z.int().min(400).max(599).default(500) }),
  z.strictObject({
    kind: z.literal('text'),
    body: z.string().max(10_000),
    contentType: z.string().default('text/plain; charset=utf-8'),
  }),
  /** Refuses connections. */
  z.strictObject({ kind: z.literal('down') }),
]);

/** How a site behaves: `normal`, or the way in which it misbehaves. */
export type SiteMode = z.infer<typeof siteModeSchema>;

/** The modes that answer without looking at the site's files. */
export type MisbehavingMode = Exclude<
  SiteMode,
  { readonly kind: 'normal' | 'old-version' | 'down' }
>;

/** Answers as the mode says. */
export async function misbehave(response: ServerResponse, mode: MisbehavingMode): Promise<void> {
  switch (mode.kind) {
    case 'redirect':
      response.writeHead(mode.status, { location: mode.location }).end();
      return;
    case 'huge':
      await sendHugeBody(response, mode.megabytes);
      return;
    case 'trickle':
      await trickle(response, mode.everyMs);
      return;
    case 'hang':
      return;
    case 'error':
      response.writeHead(mode.status, { 'content-type': 'text/html' });
      response.end('<h1>The site has a problem</h1>');
      return;
    case 'text':
      response.writeHead(200, { 'content-type': mode.contentType }).end(mode.body);
      return;
  }
}

async function sendHugeBody(response: ServerResponse, megabytes: number): Promise<void> {
  const chunk = Buffer.alloc(64 * 1024, 'a');
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"version":"');
  for (let sent = 0; sent < megabytes * 16 && !response.destroyed; sent += 1) {
    if (!response.write(chunk)) await drained(response);
  }
  response.end('"}');
}

async function trickle(response: ServerResponse, everyMs: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"version":"');
  while (!response.destroyed) {
    response.write('a');
    await sleep(everyMs, undefined, { ref: false });
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
