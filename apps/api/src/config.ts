import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { secretFromEnvironment } from '../../../activities/deployment/deployer-registry.ts';
import type { DeskSettings } from '../../../activities/messages/desk-dependencies.ts';
import {
  type DeployProgram,
  readDeployPrograms,
} from '../../../integrations/deployment/command-deployer.ts';
import {
  type Environment,
  readSettings,
  SettingsProblem,
} from '../../../integrations/environment/read-environment.ts';
import {
  addressSetting,
  baseUrlSetting,
  durationSetting,
  portSetting,
  secretSetting,
} from '../../../integrations/environment/setting-forms.ts';
import {
  settings as meanings,
  type SettingName,
} from '../../../integrations/environment/setting-names.ts';
import {
  type OutgoingRules,
  parseAllowList,
} from '../../../integrations/outgoing-http/outgoing-rules.ts';
import { ownServicesOf } from '../../../integrations/outgoing-http/own-services.ts';
import {
  temporalSettings,
  type TemporalSettings,
  temporalVariables,
} from '../../../integrations/workflow-engine/temporal-settings.ts';
import { type SplitQueue, splitQueues } from '../../../workflows/contract/task-queues.ts';
import type { ApiSettings } from './backend.ts';

const schema = z.object({
  ...temporalVariables,
  DATABASE_URL: z.string(),
  POSTMARK_API_URL: addressSetting.prefault('https://api.postmarkapp.com'),
  DAYMARK_BASE_URL: baseUrlSetting,
  DAYMARK_SECRET: secretSetting,
  DAYMARK_HOST: z.string().default('0.0.0.0'),
  DAYMARK_PORT: portSetting.prefault('4000'),
  DAYMARK_WEB_DIR: z.string().optional(),
  DAYMARK_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'write debug, info, warn or error')
    .default('info'),
  DAYMARK_MAIL_FROM: z.string(),
  DAYMARK_MAIL_REPLY_TO: z.string().optional(),
  DAYMARK_MAIL_STREAM: z.string().default('outbound'),
  DAYMARK_WEBHOOK_SECRET: z.string().min(16, 'write at least 16 characters').optional(),
  DAYMARK_ALLOW_PRIVATE: z.string().default(''),
  DAYMARK_COMMANDS: z.string().default('{}'),
  DAYMARK_WORKER_QUEUES: z.string().default('main'),
  DAYMARK_DEPLOYER_DEADLINE: durationSetting.prefault('PT20S'),
  DAYMARK_SANDBOX: z.literal('embedded', 'write embedded, or leave it out').optional(),
});

/** Everything the API is told from outside. */
export interface ApiConfig {
  readonly databaseUrl: string;
  readonly temporal: TemporalSettings;
  readonly splitOff: readonly SplitQueue[];
  readonly secret: string;
  /** Signs the cookies and forms of client pages. */
  readonly pageKey: Buffer;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly desk: DeskSettings;
  readonly outgoing: OutgoingRules;
  readonly secretOf: (reference: string) => string | undefined;
  readonly programs: ReadonlyMap<string, DeployProgram>;
  readonly deployerDeadlineMs: number;
  readonly settings: ApiSettings;
}

/**
 * Reads the API's settings.
 * @throws SettingsProblem naming every variable that is missing or wrong, without its value.
 */
export function readApiConfig(environment: Environment): ApiConfig {
  const read = readSettings(schema, environment);
  const temporal = temporalSettings(read);
  const queues = read.DAYMARK_WORKER_QUEUES.split(',').map((each) => each.trim());
  return {
    databaseUrl: read.DATABASE_URL,
    temporal,
    splitOff: splitQueues.filter((queue) => queues.includes(queue)),
    secret: read.DAYMARK_SECRET,
    pageKey: keyFrom(read.DAYMARK_SECRET, 'daymark client page v1'),
    host: read.DAYMARK_HOST,
    port: read.DAYMARK_PORT,
    logLevel: read.DAYMARK_LOG_LEVEL,
    desk: {
      from: read.DAYMARK_MAIL_FROM,
      replyTo: read.DAYMARK_MAIL_REPLY_TO ?? null,
      stream: read.DAYMARK_MAIL_STREAM,
    },
    outgoing: {
      allowList: readBy('DAYMARK_ALLOW_PRIVATE', () => parseAllowList(read.DAYMARK_ALLOW_PRIVATE)),
      ownServices: ownServicesOf([
        read.DATABASE_URL,
        temporal.address,
        read.POSTMARK_API_URL,
        read.DAYMARK_BASE_URL,
      ]),
      ports: [],
    },
    secretOf: secretFromEnvironment(environment),
    programs: readBy('DAYMARK_COMMANDS', () =>
      readDeployPrograms(read.DAYMARK_COMMANDS, environment),
    ),
    deployerDeadlineMs: read.DAYMARK_DEPLOYER_DEADLINE,
    settings: {
      baseUrl: read.DAYMARK_BASE_URL,
      webDirectory: read.DAYMARK_WEB_DIR ?? null,
      webhookSecret: read.DAYMARK_WEBHOOK_SECRET ?? null,
      mailStream: read.DAYMARK_MAIL_STREAM,
      demo:
        read.DAYMARK_SANDBOX === undefined
          ? null
          : {
              inboxUrl: `${read.POSTMARK_API_URL}/inbox`,
              note: 'Demonstration: every mail stays on this machine.',
            },
      temporalAddress: temporal.address,
      described: describe(environment),
    },
  };
}

function keyFrom(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}

function readBy<Value>(name: SettingName, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw new SettingsProblem(`${name}: ${(error as Error).message}`);
  }
}

function describe(environment: Environment): ApiSettings['described'] {
  return (Object.keys(meanings) as SettingName[]).map((name) => {
    const { meaning, isSecret } = meanings[name];
    const value = environment[name];
    const isSet = value !== undefined && value !== '';
    return { name, meaning, value: !isSet ? null : isSecret ? '(set)' : value };
  });
}
