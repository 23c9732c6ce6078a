import { join } from 'node:path';
import type { DataDirectory } from './data/data-directory.ts';
import type { Ports } from './data/ports.ts';
import type { Secrets } from './data/secrets.ts';
import type { ReplacedParts } from './replaced-parts.ts';

/** All that the settings of our programs are made from. */
export interface Installation {
  readonly root: string;
  readonly directory: DataDirectory;
  readonly ports: Ports;
  readonly secrets: Secrets;
  readonly replaced: ReplacedParts;
  readonly databaseUrl: string;
  /** Which of the sandbox's contacts answer their mail, as the sandbox reads it. */
  readonly contacts: string;
  /** What the person who starts us has set. */
  readonly given: NodeJS.ProcessEnv;
}

/** The environment of API and worker. */
export function serverEnvironment(installation: Installation): NodeJS.ProcessEnv {
  const { root, ports, secrets, replaced, databaseUrl } = installation;
  return {
    // The pace of a demo; what a person has set goes before.
    ...(isDemo(replaced) ? demoPace : {}),
    DAYMARK_BASE_URL: `http://127.0.0.1:${ports.api}`,
    DAYMARK_SECRET: secrets.secret,
    DAYMARK_HOST: '127.0.0.1',
    ...withoutSandboxSettings(installation.given),
    DAYMARK_PORT: String(ports.api),
    DAYMARK_WEB_DIR: join(root, 'dist', 'web'),
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: replaced.temporalAddress ?? `127.0.0.1:${ports.temporal}`,
    ...(isDemo(replaced) ? { DAYMARK_SANDBOX: 'embedded' } : {}),
    ...(replaced.postmarkToken === null ? embeddedMail(installation) : {}),
  };
}

/** The environment of the stand-in for the outside world. */
export function sandboxEnvironment(installation: Installation): NodeJS.ProcessEnv {
  const { directory, ports, secrets, contacts } = installation;
  return {
    ...withoutDaymarkSettings(installation.given),
    DAYMARK_SANDBOX_DIR: directory.sandbox,
    DAYMARK_SANDBOX_MAIL_PORT: String(ports.mail),
    DAYMARK_SANDBOX_MAIL_TOKEN: secrets.mailToken,
    DAYMARK_SANDBOX_DEPLOYER_PORT: String(ports.deployer),
    DAYMARK_SANDBOX_DEPLOYER_SECRET: secrets.deployerSecret,
    DAYMARK_SANDBOX_SITE_PORTS: ports.sites.join(','),
    DAYMARK_SANDBOX_CONTACTS: contacts,
    DAYMARK_SANDBOX_WEBHOOK_URL: `http://127.0.0.1:${ports.api}/hooks/postmark`,
    DAYMARK_WEBHOOK_SECRET: secrets.webhookSecret,
  };
}

/** Whether everything outside is a stand-in, so that a demo can hurt nobody. */
export function isDemo(replaced: ReplacedParts): boolean {
  return Object.values(replaced).every((each) => each === null);
}

const demoPace = {
  DAYMARK_DEPLOYER_POLL_MIN: 'PT1S',
  DAYMARK_DEPLOYER_POLL_MAX: 'PT5S',
  DAYMARK_MAIL_PACE: '0',
};

function embeddedMail({ ports, secrets }: Installation): NodeJS.ProcessEnv {
  const open = [ports.deployer, ...ports.sites].map((port) => `127.0.0.1/32:${port}`);
  return {
    POSTMARK_SERVER_TOKEN: secrets.mailToken,
    POSTMARK_API_URL: `http://127.0.0.1:${ports.mail}`,
    DAYMARK_WEBHOOK_SECRET: secrets.webhookSecret,
    DAYMARK_MAIL_FROM: 'Daymark <releases@daymark.example>',
    DAYMARK_MAIL_REPLY_TO: 'pm@daymark.example',
    DAYMARK_ALLOW_PRIVATE: open.join(' '),
  };
}

function withoutSandboxSettings(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return filtered(given, (name) => !name.startsWith('DAYMARK_SANDBOX'));
}

function withoutDaymarkSettings(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return filtered(given, (name) => !/^(DAYMARK|DATABASE|TEMPORAL|POSTMARK)_/.test(name));
}

function filtered(
  given: NodeJS.ProcessEnv,
  isWanted: (name: string) => boolean,
): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => isWanted(name) && value !== ''),
  );
}
