import { z } from 'zod';
import { readContactsAtWork, type ContactsAtWork } from './contacts/contacts-at-work.ts';
import { type FleetClient, sampleFleet, siteKinds } from './sites/fleet.ts';

const siteCount = sampleFleet.length * siteKinds.length;

const port = z.coerce.number().int().min(0).max(65_535);

const sitePorts = z
  .string()
  .regex(/^\d+-\d+$|^\d+(,\d+)*$/, 'write a range, 4100-4123, or a list, 4100,4101')
  .transform(portsOf)
  .refine((ports) => ports.length === siteCount, `${siteCount} ports are needed, one per site`)
  .refine((ports) => ports.every((each) => each <= 65_535), 'a port is at most 65535');

const deployerSecrets = z
  .string()
  .transform((text) => text.split(' '))
  .refine(
    (secrets) => secrets.every((each) => /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(each)),
    'write whsec_ and the base64 of 24 to 64 bytes; several are separated by a space',
  );

const contacts = z.string().transform((text, context): ContactsAtWork => {
  const read = readContactsAtWork(text);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'write off, all or all-but:a@b.example' });
  return z.NEVER;
});

const environmentSchema = z.object({
  DAYMARK_SANDBOX_DIR: z.string().min(1),
  DAYMARK_SANDBOX_MAIL_PORT: port.default(4025),
  DAYMARK_SANDBOX_MAIL_TOKEN: z.string().min(1),
  DAYMARK_SANDBOX_DEPLOYER_PORT: port.default(4026),
  DAYMARK_SANDBOX_DEPLOYER_SECRET: deployerSecrets,
  DAYMARK_SANDBOX_SITE_PORTS: sitePorts.prefault('4100-4123'),
  DAYMARK_SANDBOX_WORK_MS: z.coerce.number().int().nonnegative().default(3000),
  DAYMARK_SANDBOX_CONTACTS: contacts.prefault('off'),
  DAYMARK_SANDBOX_WEBHOOK_URL: z.url().optional(),
  DAYMARK_WEBHOOK_SECRET: z.string().min(1).optional(),
});

/** Everything the sandbox is told from outside. */
export interface SandboxConfig {
  readonly dataDir: string;
  readonly mailPort: number;
  readonly mailToken: string;
  readonly deployerPort: number;
  readonly deployerSecrets: readonly string[];
  readonly sitePorts: readonly number[];
  /** Left out: the sample fleet. */
  readonly fleet?: readonly FleetClient[];
  readonly workMs: number;
  readonly contacts: ContactsAtWork;
  /** Where the mail server reports deliveries and bounces; null: nowhere. */
  readonly webhook: { readonly url: string; readonly secret: string | null } | null;
}

/** Settings that are wrong or missing, each on a line of its own. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

/**
 * Reads the settings from the environment.
 * @throws ConfigProblem naming every variable that is missing or wrong, without its value.
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): SandboxConfig {
  const parsed = environmentSchema.safeParse(environment);
  const unknown = Object.keys(environment).filter(isUnknownSetting);
  if (!parsed.success || unknown.length > 0) {
    const wrong = parsed.error?.issues ?? [];
    throw new ConfigProblem(
      [
        ...wrong.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
        ...unknown.map((name) => `${name}: the sandbox has no such setting`),
      ].join('\n'),
    );
  }
  const read = parsed.data;
  const url = read.DAYMARK_SANDBOX_WEBHOOK_URL;
  return {
    dataDir: read.DAYMARK_SANDBOX_DIR,
    mailPort: read.DAYMARK_SANDBOX_MAIL_PORT,
    mailToken: read.DAYMARK_SANDBOX_MAIL_TOKEN,
    deployerPort: read.DAYMARK_SANDBOX_DEPLOYER_PORT,
    deployerSecrets: read.DAYMARK_SANDBOX_DEPLOYER_SECRET,
    sitePorts: read.DAYMARK_SANDBOX_SITE_PORTS,
    workMs: read.DAYMARK_SANDBOX_WORK_MS,
    contacts: read.DAYMARK_SANDBOX_CONTACTS,
    webhook: url === undefined ? null : { url, secret: read.DAYMARK_WEBHOOK_SECRET ?? null },
  };
}

function isUnknownSetting(name: string): boolean {
  return name.startsWith('DAYMARK_SANDBOX_') && !(name in environmentSchema.shape);
}

function portsOf(text: string): readonly number[] {
  if (!text.includes('-')) return text.split(',').map(Number);
  const [first = 0, last = 0] = text.split('-').map(Number);
  const count = Math.min(Math.max(last - first + 1, 0), 1000);
  return Array.from({ length: count }, (_, index) => first + index);
}
