import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';

const notOurs = /^\/(v1|a|hooks|livez|readyz)(\/|$)/;

/**
 * Serves the built staff screens: files under their hashed names may be kept for ever, the page that names them
 * never. Every other address a browser opens is a screen of the app.
 */
export function serveWebApp(app: NestExpressApplication, directory: string): void {
  const assets = join(directory, 'assets');
  app.use('/assets', express.static(assets, { immutable: true, maxAge: '365d', index: false }));
  app.use(express.static(directory, { index: false, maxAge: '5m' }));
  app.use((request: express.Request, response: express.Response, next: express.NextFunction) => {
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    const page = join(directory, 'index.html');
    if (!isPage || notOurs.test(request.path) || !request.accepts('html') || !existsSync(page)) {
      next();
      return;
    }
    response.setHeader('Cache-Control', 'no-store');
    response.sendFile(page);
  });
}
