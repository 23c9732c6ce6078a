import { z } from 'zod';

/** Where Temporal is and how it is spoken to. */
export interface TemporalSettings {
  readonly address: string;
  readonly namespace: string;
  readonly apiKey: string | null;
  readonly tls: boolean;
}

/** The variables Temporal is described by, for the schema of an app. */
export const temporalVariables = {
  TEMPORAL_ADDRESS: z.string().regex(/^\S+:\d+$/, 'write host:port'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_API_KEY: z.string().optional(),
  TEMPORAL_TLS: z.enum(['on', 'off'], 'write on or off').optional(),
};

/** The settings the variables stand for; a key is never sent unencrypted unless somebody says so. */
export function temporalSettings(
  read: z.output<z.ZodObject<typeof temporalVariables>>,
): TemporalSettings {
  const apiKey = read.TEMPORAL_API_KEY ?? null;
  return {
    address: read.TEMPORAL_ADDRESS,
    namespace: read.TEMPORAL_NAMESPACE,
    apiKey,
    tls: read.TEMPORAL_TLS === undefined ? apiKey !== null : read.TEMPORAL_TLS === 'on',
  };
}

/** Whether Temporal runs on this machine, where compressing what is sent only costs time. */
export function isOnThisMachine({ address }: TemporalSettings): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\]):\d+$/.test(address);
}
