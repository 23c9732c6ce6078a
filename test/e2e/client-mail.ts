import { z } from 'zod';
import { until } from '../support/running-rollout.ts';
import type { TestSystem } from '../support/system.ts';

const mailList = z.object({
  messages: z.array(
    z.object({
      tag: z.string(),
      recipients: z.array(z.string()),
      textBody: z.string(),
    }),
  ),
});

/** Waits for the mail that asks a person about a rollout, and takes the link out of it. */
export async function linkInMailTo(
  system: TestSystem,
  person: { readonly email: string; readonly rolloutId: string },
): Promise<string> {
  const { email, rolloutId } = person;
  return await until(`a mail with a link to ${email}`, async () => {
    const answer = await system.control('mail', 'GET', `/messages?rollout=${rolloutId}`);
    const mail = mailList
      .parse(answer)
      .messages.find(
        ({ tag, recipients }) => tag.endsWith('-on-preview') && recipients.includes(email),
      );
    const link = new RegExp(`${system.addresses.daymark}/a/\\S+`).exec(mail?.textBody ?? '');
    return link?.[0] ?? null;
  });
}
