import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express from 'express';
import helmet from 'helmet';
import { ApiModule } from './api.module.ts';
import type { Backend } from './backend.ts';
import { Contract } from './contract.ts';
import { refuseUnkeepable } from './http/body-limits.ts';
import { openApiDocument } from './openapi-document.ts';
import { serveWebApp } from './web-app.ts';

const stylesheet = join(import.meta.dirname, '../../../templates/pages/client.css');

/** Builds the application; the caller listens and closes. */
export async function createApi(backend: Backend): Promise<NestExpressApplication> {
  // Nest declares its options as a class and takes a literal.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(backend), {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  // A proxy on this machine or in a private network is believed; nobody else can say who calls.
  app.set('trust proxy', 'loopback, uniquelocal');
  app.set('query parser', 'simple');
  app.disable('x-powered-by');
  app.use(helmet({ contentSecurityPolicy: webAppPolicy, strictTransportSecurity: false }));
  app.use('/v1', keepOutOfCaches);
  readBodies(app);
  serveStylesheet(app);
  if (backend.settings.webDirectory !== null) serveWebApp(app, backend.settings.webDirectory);
  app.get(Contract).document = openApiDocument(app);
  return app;
}

/** Everything of the staff screens comes from here; Mantine sets styles on elements. */
const webAppPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    // The text of a mail is shown in a frame of its own, without scripts.
    frameSrc: ["'self'", 'data:', 'blob:'],
  },
} as const;

/** Answers name clients and people, and are old the moment they leave. */
function keepOutOfCaches(
  _request: express.Request,
  response: express.Response,
  next: express.NextFunction,
): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

/** Who reads what of a body: reports stay bytes, client pages send forms, all else is JSON. */
function readBodies(app: NestExpressApplication): void {
  app.use('/hooks', express.raw({ type: () => true, limit: '2mb' }));
  app.use('/a', express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 20 }));
  app.use('/v1/clients/import', express.json({ limit: '32mb' }));
  app.use('/v1/changes', express.json({ limit: '8mb' }));
  app.use('/v1', express.json({ limit: '1mb' }));
  app.use('/v1', refuseUnkeepable);
}

function serveStylesheet(app: NestExpressApplication): void {
  const css = readFileSync(stylesheet, 'utf8');
  app.use('/assets/client.css', (_request: express.Request, response: express.Response) => {
    response.setHeader('Cache-Control', 'public, max-age=300');
    response.type('text/css').send(css);
  });
}
