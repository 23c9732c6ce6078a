import { join } from 'node:path';
import type { SandboxConfig } from './config.ts';
import { contactsRoutes, createContactsSwitch } from './contacts/control-contacts.ts';
import { startDeployer, type Deployer } from './deployer/start-deployer.ts';
import { portProblem, sendJson } from './http/exchange.ts';
import type { Route } from './http/router.ts';
import { startMailServer, type MailServer } from './mail/mail-server.ts';
import { sitesRoutes } from './sites/control-sites.ts';
import { sampleFleet } from './sites/fleet.ts';
import { startSites, type Sites } from './sites/start-sites.ts';

/** The running outside world. */
export interface Sandbox {
  readonly mailUrl: string;
  readonly deployerUrl: string;
  readonly sites: Sites;
  readonly close: () => Promise<void>;
}

interface Closable {
  readonly close: () => Promise<void>;
}

/** Starts the mail server, the sites, the deployer and the clients' people in this process. */
export async function startSandbox(config: SandboxConfig): Promise<Sandbox> {
  const started: Closable[] = [];
  const closeAll = async (): Promise<void> => {
    for (const part of started.toReversed()) await part.close();
  };
  try {
    const mail = await startMail(config);
    started.push(mail);
    const sites = await startSites({
      dataDir: join(config.dataDir, 'fleet'),
      ports: config.sitePorts,
      fleet: config.fleet ?? sampleFleet,
    });
    started.push(sites);
    const contacts = createContactsSwitch(
      { mailUrl: mail.url, mailToken: config.mailToken },
      config.contacts,
    );
    started.push({ close: contacts.stop });
    const deployer = await startDeployerOf(config, sites, contactsRoutes(contacts));
    started.push(deployer);
    return { mailUrl: mail.url, deployerUrl: deployer.url, sites, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function startMail(config: SandboxConfig): Promise<MailServer> {
  const { webhook } = config;
  const password = webhook?.secret ?? null;
  try {
    return await startMailServer({
      port: config.mailPort,
      host: '127.0.0.1',
      tokens: [config.mailToken],
      dataDir: join(config.dataDir, 'mail'),
      webhookUrl: webhook?.url,
      webhookAuth: password === null ? undefined : { username: 'postmark', password },
    });
  } catch (error) {
    const wanted = { port: config.mailPort, what: 'the mail server' };
    throw portProblem(error, { ...wanted, setting: 'DAYMARK_SANDBOX_MAIL_PORT' });
  }
}

// The deployer comes last: when it says it is ready, everything is.
async function startDeployerOf(
  config: SandboxConfig,
  sites: Sites,
  routes: readonly Route[],
): Promise<Deployer> {
  let deployer: Deployer | null = null;
  const isDeploying = (): boolean => (deployer?.control.running().length ?? 0) > 0;
  deployer = await startDeployer({
    port: config.deployerPort,
    dataDir: join(config.dataDir, 'deployer'),
    secrets: config.deployerSecrets,
    workMs: config.workMs,
    sites,
    routes: [...routes, ...sitesRoutes(sites, isDeploying), ready],
  });
  return deployer;
}

const ready: Route = {
  method: 'GET',
  path: /^\/readyz$/,
  handle: ({ response }) => {
    sendJson(response, 200, { status: 'ready' });
  },
};
