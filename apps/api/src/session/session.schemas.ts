import { z } from 'zod';

export const signInBody = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(200),
});
export type SignInBody = z.infer<typeof signInBody>;

/** Who asks, and what the screens show or hide for them. */
export const meView = z
  .object({
    actor: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum(['pm', 'support', 'admin', 'ci']),
    mayControl: z.boolean(),
    /** Where the demonstration's inbox is; null outside of it. */
    demo: z.object({ inboxUrl: z.string(), note: z.string() }).nullable(),
  })
  .meta({ id: 'Me' });
export type MeView = z.infer<typeof meView>;
