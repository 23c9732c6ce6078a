import { z } from 'zod';
import { instant, line, listed } from '../http/forms.ts';

export const staffView = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.enum(['pm', 'support', 'admin']),
    mayControl: z.boolean(),
    disabledAt: instant.nullable(),
  })
  .meta({ id: 'Staff' });

export const staffList = listed(staffView, 'StaffList');

export const newStaffBody = z.strictObject({
  email: z.email().max(254),
  name: line(),
  role: z.enum(['pm', 'support', 'admin']),
  mayControl: z.boolean().default(false),
  password: z.string().min(10, 'write at least 10 characters').max(200),
});
export type NewStaffBody = z.infer<typeof newStaffBody>;

export const tokenView = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(['pm', 'support', 'admin', 'ci']),
    createdBy: z.string(),
    createdAt: instant,
    revokedAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
  })
  .meta({ id: 'Token' });

export const tokenList = listed(tokenView, 'TokenList');

/** The one answer that shows a token itself. */
export const newTokenView = z
  .object({ id: z.string(), name: z.string(), role: z.string(), token: z.string() })
  .meta({ id: 'NewToken' });

export const newTokenBody = z.strictObject({
  name: line(80),
  role: z.enum(['pm', 'support', 'admin', 'ci']),
});
export type NewTokenBody = z.infer<typeof newTokenBody>;
