import { z } from 'zod';
import { line, listed, slug } from '../http/forms.ts';

export const deployerPath = z.object({ name: slug });
export type DeployerPath = z.infer<typeof deployerPath>;

export const deployerView = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['webhook', 'command', 'manual']),
    url: z.string().nullable(),
    lookUpUrl: z.string().nullable(),
    command: z.string().nullable(),
    capability: z.enum(['key', 'label', 'none']),
    maxInFlight: z.int(),
    disabledReason: z.string().nullable(),
  })
  .meta({ id: 'Deployer' });

export const deployerList = listed(deployerView, 'DeployerList');

export const deployerBody = z
  .strictObject({
    kind: z.enum(['webhook', 'command', 'manual']),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .optional(),
    /** Left out = the stored one stays. */
    secret: z.string().min(8).max(500).optional(),
    lookUpUrl: z.string().max(2000).optional(),
    command: line(80).optional(),
    capability: z.enum(['key', 'label', 'none']).optional(),
    maxInFlight: z.int().min(1).max(1000).optional(),
  })
  .refine((body) => body.kind !== 'webhook' || body.url !== undefined, {
    path: ['url'],
    message: 'a webhook deployer needs its address',
  })
  .refine((body) => body.kind !== 'command' || body.command !== undefined, {
    path: ['command'],
    message: 'a command deployer names a program of the worker’s configuration',
  });
export type DeployerBody = z.infer<typeof deployerBody>;

export const deployerTest = z
  .object({ passed: z.boolean(), detail: z.string() })
  .meta({ id: 'DeployerTest' });
