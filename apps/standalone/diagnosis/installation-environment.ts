import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '../data/ports.ts';
import type { Secrets } from '../data/secrets.ts';
import { urlOf } from '../postgres/postgres-server.ts';

/** The settings of this process, and where database or Temporal are not named, those that `npm start` embeds here. */
export function installationEnvironment(
  environment: NodeJS.ProcessEnv,
  root: string,
): NodeJS.ProcessEnv {
  const folder = join(root, '.daymark');
  const places = ['ports.json', 'secrets.json'].map((name) => join(folder, name));
  if (!places.every((place) => existsSync(place))) return environment;
  const [ports, secrets] = places.map((place): unknown =>
    JSON.parse(readFileSync(place, 'utf8')),
  ) as [Ports, Secrets];
  const server = { port: ports.postgres, password: secrets.postgresPassword };
  return {
    DATABASE_URL: urlOf(server, 'daymark'),
    TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    ...environment,
  };
}
