import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** What this installation keeps to itself. */
export interface Secrets {
  readonly secret: string;
  readonly postgresPassword: string;
  readonly mailToken: string;
  readonly webhookSecret: string;
  readonly deployerSecret: string;
  /** The bearer token of the command line on this machine. */
  readonly token: string;
  readonly passwords: {
    readonly pm: string;
    readonly support: string;
    readonly admin: string;
  };
}

/** The secrets of this installation, made at the first start and readable by its owner only. */
export function readOrMakeSecrets(file: string): Secrets {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secrets: Secrets = {
    secret: randomBytes(32).toString('base64url'),
    postgresPassword: randomBytes(18).toString('base64url'),
    mailToken: randomBytes(18).toString('base64url'),
    webhookSecret: randomBytes(24).toString('base64url'),
    deployerSecret: `whsec_${randomBytes(32).toString('base64')}`,
    token: `daymark_${randomBytes(24).toString('base64url')}`,
    passwords: { pm: password(), support: password(), admin: password() },
  };
  writePrivately(file, secrets);
  return secrets;
}

/** Writes a file that only its owner may read, whole or not at all. */
export function writePrivately(file: string, content: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

const words =
  'amber anchor birch canal cedar cliff comet coral delta ember fjord grove harbor heron inlet ' +
  'island ivory jetty lagoon lantern maple marble meadow mist ocean opal orchard otter pebble ' +
  'pier pine plover prairie quartz reef ridge river saddle sail sandbar shore slate spruce ' +
  'summit tamarack tide timber tundra valley violet walnut willow';

/** Three words and a number: easy to type from a terminal, and only for logins of a demo. */
function password(): string {
  const list = words.split(' ');
  const pick = () => list[randomInt(list.length)] ?? 'tide';
  return `${pick()}-${pick()}-${pick()}-${randomInt(100, 1000)}`;
}
