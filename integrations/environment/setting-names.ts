/** What a setting means to whoever installs Daymark. */
export interface SettingMeaning {
  readonly meaning: string;
  /** Masked wherever settings are shown. */
  readonly isSecret: boolean;
}

const plain = (meaning: string): SettingMeaning => ({ meaning, isSecret: false });
const secret = (meaning: string): SettingMeaning => ({ meaning, isSecret: true });

/** Every setting that some process reads; a `DAYMARK_*` name that is missing here stops the start. */
export const settings = {
  DATABASE_URL: secret('Where Postgres is, with user and password'),
  TEMPORAL_ADDRESS: plain('Where Temporal is, as host:port'),
  TEMPORAL_NAMESPACE: plain('The Temporal namespace; default'),
  TEMPORAL_API_KEY: secret('Key for a Temporal cluster that asks for one; turns TLS on'),
  TEMPORAL_TLS: plain('on or off; on by itself with a key'),
  POSTMARK_SERVER_TOKEN: secret('Token of the mail server'),
  POSTMARK_API_URL: plain('Where mail is handed over; https://api.postmarkapp.com'),

  DAYMARK_BASE_URL: plain('The address people reach Daymark under; links in mails start with it'),
  DAYMARK_SECRET: secret('At least 32 characters; the keys of links and sessions are made from it'),
  DAYMARK_HOST: plain('The address the API listens on'),
  DAYMARK_PORT: plain('The port the API listens on; 4000'),
  DAYMARK_WEB_DIR: plain('The folder of the built staff screens'),
  DAYMARK_LOG_LEVEL: plain('debug, info, warn or error; info'),
  DAYMARK_SANDBOX: plain('Set to embedded when mail, database and sites are all local stand-ins'),
  DAYMARK_ALLOW_PRIVATE: plain('Private networks that may be called, as 10.1.0.0/16:443'),
  DAYMARK_COMMANDS: secret('The programs that command deployers may run, as JSON'),
  DAYMARK_WORKER_QUEUES: plain(
    'The queues a worker serves: all, or some of main, deployments, mail',
  ),

  DAYMARK_MAIL_FROM: plain('Sender of every mail, as Name <address>'),
  DAYMARK_MAIL_REPLY_TO: plain('Where answers to mails go'),
  DAYMARK_MAIL_STREAM: plain('The message stream of the mail server; outbound'),
  DAYMARK_MAIL_PACE: plain('Mails per second; 0 for no limit'),
  DAYMARK_MAIL_CONCURRENCY: plain('Mails in flight at once'),
  DAYMARK_MAIL_LOOK_UPS: plain('When a mail of unknown outcome is looked up, as durations'),
  DAYMARK_MAIL_LEASE: plain('How long a claimed mail belongs to its sender'),
  DAYMARK_MAIL_DEADLINE: plain('How long one call to the mail server may take'),
  DAYMARK_MAIL_BACK_OFF_MAX: plain('The longest pause between attempts at one mail'),
  DAYMARK_MAIL_SETTLE_AFTER: plain('When an accepted mail without a report is looked up'),
  DAYMARK_MAIL_ON_UNKNOWN: plain(
    'needs-human or resend, for mails to clients that cannot be found',
  ),
  DAYMARK_WEBHOOK_SECRET: secret('Password that the mail server reports deliveries with'),

  DAYMARK_DEPLOYER_POLL_MIN: plain('The first pause between two questions to a deployer'),
  DAYMARK_DEPLOYER_POLL_MAX: plain('The longest pause between two questions to a deployer'),
  DAYMARK_DEPLOYER_DEADLINE: plain('How long one call to a deployer may take'),
  DAYMARK_SWEEP_EVERY: plain('How often lost wakes are looked for'),
  DAYMARK_WAKE_UNSEEN_AFTER: plain('When a wake that no loop has seen is raised again'),
  DAYMARK_WAKE_OVERDUE_AFTER: plain('When a loop that did not look in time is woken'),

  DAYMARK_URL: plain('Where the command line finds the API'),
  DAYMARK_TOKEN: secret('The token of the command line'),

  DAYMARK_CHROMIUM: plain('The browser that browser tests run in'),

  DAYMARK_SANDBOX_DIR: plain('Where the sandbox keeps its records'),
  DAYMARK_SANDBOX_MAIL_PORT: plain('The port of the stand-in mail server'),
  DAYMARK_SANDBOX_MAIL_TOKEN: secret('The token the stand-in mail server asks for'),
  DAYMARK_SANDBOX_DEPLOYER_PORT: plain('The port of the stand-in deployer'),
  DAYMARK_SANDBOX_DEPLOYER_SECRET: secret(
    'The secret the stand-in deployer checks signatures with',
  ),
  DAYMARK_SANDBOX_SITE_PORTS: plain('The ports of the stand-in client sites'),
  DAYMARK_SANDBOX_WORK_MS: plain('How long the stand-in deployer works'),
  DAYMARK_SANDBOX_CONTACTS: plain('Which contacts answer their mail by themselves'),
  DAYMARK_SANDBOX_WEBHOOK_URL: plain('Where the stand-in mail server reports deliveries'),
} as const satisfies Readonly<Record<string, SettingMeaning>>;

/** The name of a setting. */
export type SettingName = keyof typeof settings;

/** Whether some process reads a setting of that name. */
export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settings, name);
}
