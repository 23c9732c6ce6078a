import { z } from 'zod';
import { secretFromEnvironment } from '../../activities/deployment/deployer-registry.ts';
import {
  type DeployProgram,
  readDeployPrograms,
} from '../../integrations/deployment/command-deployer.ts';
import { type Environment, readSettings } from '../../integrations/environment/read-environment.ts';
import {
  addressSetting,
  baseUrlSetting,
  durationSetting,
  durationsSetting,
  secretSetting,
} from '../../integrations/environment/setting-forms.ts';
import {
  type OutgoingRules,
  parseAllowList,
} from '../../integrations/outgoing-http/outgoing-rules.ts';
import { ownServicesOf } from '../../integrations/outgoing-http/own-services.ts';
import {
  temporalSettings,
  type TemporalSettings,
  temporalVariables,
} from '../../integrations/workflow-engine/temporal-settings.ts';
import { type SplitQueue, splitQueues } from '../../workflows/contract/task-queues.ts';

const count = z.coerce.number('write a number').int('write a whole number');

const schema = z.object({
  ...temporalVariables,
  DATABASE_URL: z.string(),
  POSTMARK_SERVER_TOKEN: z.string(),
  POSTMARK_API_URL: addressSetting.prefault('https://api.postmarkapp.com'),
  DAYMARK_BASE_URL: baseUrlSetting,
  DAYMARK_SECRET: secretSetting,
  DAYMARK_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'write debug, info, warn or error')
    .default('info'),
  DAYMARK_ALLOW_PRIVATE: readBy(parseAllowList).prefault(''),
  DAYMARK_WORKER_QUEUES: z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .pipe(z.array(z.enum(['main', ...splitQueues], 'write main, or main,deployments,mail')))
    .prefault('main'),
  DAYMARK_MAIL_FROM: z.string(),
  DAYMARK_MAIL_REPLY_TO: z.string().optional(),
  DAYMARK_MAIL_STREAM: z.string().default('outbound'),
  DAYMARK_MAIL_PACE: z.coerce.number('write a number').nonnegative('write 0 or more').default(5),
  DAYMARK_MAIL_CONCURRENCY: count.positive('write 1 or more').default(4),
  DAYMARK_MAIL_LOOK_UPS: durationsSetting.prefault('PT15S,PT60S,PT5M,PT15M'),
  DAYMARK_MAIL_LEASE: durationSetting.prefault('PT90S'),
  DAYMARK_MAIL_DEADLINE: durationSetting.prefault('PT20S'),
  DAYMARK_MAIL_BACK_OFF_MAX: durationSetting.prefault('PT5M'),
  DAYMARK_MAIL_SETTLE_AFTER: durationSetting.prefault('PT30M'),
  DAYMARK_MAIL_ON_UNKNOWN: z
    .enum(['needs-human', 'resend'], 'write needs-human or resend')
    .default('needs-human'),
  DAYMARK_DEPLOYER_POLL_MIN: durationSetting.prefault('PT5S'),
  DAYMARK_DEPLOYER_POLL_MAX: durationSetting.prefault('PT60S'),
  DAYMARK_DEPLOYER_DEADLINE: durationSetting.prefault('PT20S'),
  DAYMARK_SWEEP_EVERY: durationSetting.prefault('PT60S'),
  DAYMARK_WAKE_UNSEEN_AFTER: durationSetting.prefault('PT60S'),
  DAYMARK_WAKE_OVERDUE_AFTER: durationSetting.prefault('PT2M'),
});

/** Everything the worker is told from outside. */
export interface WorkerConfig {
  readonly databaseUrl: string;
  readonly temporal: TemporalSettings;
  /** Queues besides the main one; the same for every process of an installation. */
  readonly splitOff: readonly SplitQueue[];
  readonly baseUrl: string;
  readonly secret: string;
  readonly logLevel: string;
  readonly outgoing: OutgoingRules;
  /** Answers with a secret that a deployer names by its variable. */
  readonly secretOf: (reference: string) => string | undefined;
  readonly programs: ReadonlyMap<string, DeployProgram>;
  readonly mail: {
    readonly serverToken: string;
    readonly apiUrl: string;
    readonly from: string;
    readonly replyTo: string | null;
    readonly stream: string;
    readonly pacePerSecond: number;
    readonly concurrency: number;
    readonly lookUpsMs: readonly number[];
    readonly leaseMs: number;
    readonly deadlineMs: number;
    readonly backOffMaxMs: number;
    readonly settleAfterMs: number;
    readonly onUnknown: 'needs-human' | 'resend';
  };
  readonly deployer: {
    readonly pollMinMs: number;
    readonly pollMaxMs: number;
    readonly deadlineMs: number;
  };
  readonly sweep: {
    readonly everyMs: number;
    readonly unseenAfterMs: number;
    readonly overdueAfterMs: number;
  };
}

/**
 * Reads the worker's settings.
 * @throws SettingsProblem naming every variable that is missing or wrong, without its value.
 */
export function readWorkerConfig(environment: Environment): WorkerConfig {
  const read = readSettings(
    schema.extend({
      DAYMARK_COMMANDS: readBy((text) => readDeployPrograms(text, environment)).prefault('{}'),
    }),
    environment,
  );
  const temporal = temporalSettings(read);
  return {
    databaseUrl: read.DATABASE_URL,
    temporal,
    splitOff: splitQueues.filter((queue) => read.DAYMARK_WORKER_QUEUES.includes(queue)),
    baseUrl: read.DAYMARK_BASE_URL,
    secret: read.DAYMARK_SECRET,
    logLevel: read.DAYMARK_LOG_LEVEL,
    outgoing: {
      allowList: read.DAYMARK_ALLOW_PRIVATE,
      ownServices: ownServicesOf([
        read.DATABASE_URL,
        temporal.address,
        read.POSTMARK_API_URL,
        read.DAYMARK_BASE_URL,
      ]),
      ports: [],
    },
    secretOf: secretFromEnvironment(environment),
    programs: read.DAYMARK_COMMANDS,
    mail: mailOf(read),
    deployer: {
      pollMinMs: read.DAYMARK_DEPLOYER_POLL_MIN,
      pollMaxMs: read.DAYMARK_DEPLOYER_POLL_MAX,
      deadlineMs: read.DAYMARK_DEPLOYER_DEADLINE,
    },
    sweep: {
      everyMs: read.DAYMARK_SWEEP_EVERY,
      unseenAfterMs: read.DAYMARK_WAKE_UNSEEN_AFTER,
      overdueAfterMs: read.DAYMARK_WAKE_OVERDUE_AFTER,
    },
  };
}

function mailOf(read: z.output<typeof schema>): WorkerConfig['mail'] {
  return {
    serverToken: read.POSTMARK_SERVER_TOKEN,
    apiUrl: read.POSTMARK_API_URL,
    from: read.DAYMARK_MAIL_FROM,
    replyTo: read.DAYMARK_MAIL_REPLY_TO ?? null,
    stream: read.DAYMARK_MAIL_STREAM,
    pacePerSecond: read.DAYMARK_MAIL_PACE,
    concurrency: read.DAYMARK_MAIL_CONCURRENCY,
    lookUpsMs: read.DAYMARK_MAIL_LOOK_UPS,
    leaseMs: read.DAYMARK_MAIL_LEASE,
    deadlineMs: read.DAYMARK_MAIL_DEADLINE,
    backOffMaxMs: read.DAYMARK_MAIL_BACK_OFF_MAX,
    settleAfterMs: read.DAYMARK_MAIL_SETTLE_AFTER,
    onUnknown: read.DAYMARK_MAIL_ON_UNKNOWN,
  };
}

/** A text that a reader of the house understands; what the reader objects to is the problem. */
function readBy<Value>(read: (text: string) => Value): z.ZodType<Value, string> {
  return z.string().transform((text, context) => {
    try {
      return read(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
}
