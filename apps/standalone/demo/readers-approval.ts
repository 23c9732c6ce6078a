import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Addresses } from '../addresses.ts';
import type { Installation } from '../program-settings.ts';
import { openApi, type Api } from './api-client.ts';
import { openSandboxClient } from './sandbox-client.ts';
import { readersClient } from './sample-clients.ts';

const approvals = z.object({
  items: z.array(
    z.object({
      rollout: z.object({ id: z.string() }),
      client: z.object({ key: z.string(), name: z.string() }),
      approvers: z.array(z.object({ email: z.string() })),
    }),
  ),
});
const rolloutList = z.object({ items: z.array(z.object({ id: z.string(), state: z.string() })) });
const endedRollout = z.object({ name: z.string(), sentence: z.string() });

const lookEveryMs = 1_000;

/** Says where the mail that is left to the reader is, as soon as it is there, and how the rollout ended. */
export async function showReadersApproval(show: {
  readonly installation: Installation;
  readonly addresses: Addresses;
  readonly output: { readonly write: (text: string) => unknown };
}): Promise<void> {
  const { installation, addresses, output } = show;
  const { secrets, ports } = installation;
  const api = openApi({ url: `http://127.0.0.1:${ports.api}`, token: secrets.token });
  let isShown = false;
  for (let running = await runningRollout(api); running !== null;) {
    const mail = isShown ? null : await findMail(api, addresses);
    if (mail) {
      isShown = true;
      output.write(
        `\nOne approval is left to you: ${mail.client} (${mail.address}).\n` +
          `  Read its mail and answer:  ${mail.link}\n\n`,
      );
    }
    await pause(lookEveryMs);
    const before = running;
    running = await runningRollout(api);
    if (running === null) await tellEnd(api, before, output);
  }
}

/** Null when nothing is under way. */
async function runningRollout(api: Api): Promise<string | null> {
  const { items } = await api.get('/v1/rollouts', rolloutList);
  const running = items.find(({ state }) => state === 'running' || state === 'paused');
  return running?.id ?? null;
}

async function tellEnd(
  api: Api,
  rolloutId: string,
  output: { readonly write: (text: string) => unknown },
): Promise<void> {
  const { name, sentence } = await api.get(`/v1/rollouts/${rolloutId}`, endedRollout);
  output.write(`\n${name}: ${sentence}. Everything keeps running until Ctrl-C.\n\n`);
}

interface ReadersMail {
  readonly client: string;
  readonly address: string;
  readonly link: string;
}

async function findMail(api: Api, addresses: Addresses): Promise<ReadersMail | null> {
  const { items } = await api.get('/v1/approvals?state=open', approvals);
  const open = items.find(({ client }) => client.key === readersClient);
  if (!open) return null;
  const wanted = open.approvers.map(({ email }) => email.toLowerCase());
  const mails = await openSandboxClient(addresses).mailsOf(open.rollout.id);
  const mail = mails.findLast(
    ({ tag, recipients }) =>
      tag.endsWith('-on-preview') && recipients.some((each) => wanted.includes(each.toLowerCase())),
  );
  if (!mail) return null;
  return {
    client: open.client.name,
    address: mail.recipients[0] ?? '',
    link: `${addresses.inbox}/inbox/${mail.id}`,
  };
}
