import { z } from 'zod';

/** A mail as it lies in the sandbox's inbox. */
export interface InboxMail {
  readonly id: string;
  readonly to: string;
  readonly toName: string;
}

const pageSize = 100;
const timeLimitMs = 10_000;

const listSchema = z.object({
  TotalCount: z.number(),
  Messages: z.array(
    z.object({
      MessageID: z.string(),
      Recipients: z.array(z.string()),
      To: z.array(z.object({ Email: z.string(), Name: z.string().nullish() })),
    }),
  ),
});

/** Reads mail from the sandbox's mail server, through the search that the mail provider offers. */
export interface Inbox {
  /** The mails that are not known yet, oldest first. */
  readonly newMails: (known: ReadonlySet<string>) => Promise<readonly InboxMail[]>;
  readonly textOf: (id: string) => Promise<string>;
}

/** The inbox behind a mail server's address and token. */
export function openInbox(server: { readonly url: string; readonly token: string }): Inbox {
  async function get(path: string): Promise<unknown> {
    const response = await fetch(new URL(path, server.url), {
      // The mail server asks for both of every call, as the real one does.
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        'x-postmark-server-token': server.token,
      },
      signal: AbortSignal.timeout(timeLimitMs),
    });
    if (!response.ok) throw new Error(`the inbox answers ${response.status} to ${path}`);
    return response.json();
  }

  return {
    newMails: async (known) => {
      const found = new Map<string, InboxMail>();
      for (let offset = 0; ; offset += pageSize) {
        const path = `/messages/outbound?count=${pageSize}&offset=${offset}`;
        const page = listSchema.parse(await get(path));
        const fresh = page.Messages.filter(({ MessageID }) => !known.has(MessageID));
        for (const { MessageID: id, Recipients, To } of fresh) {
          const to = Recipients[0] ?? To[0]?.Email ?? '';
          found.set(id, { id, to: to.toLowerCase(), toName: To[0]?.Name ?? '' });
        }
        // Newest first: a page without news ends the search.
        if (fresh.length === 0 || offset + pageSize >= page.TotalCount) break;
      }
      return [...found.values()].reverse();
    },
    textOf: async (id) => {
      const details = await get(`/messages/outbound/${encodeURIComponent(id)}/details`);
      return z.object({ TextBody: z.string().nullish() }).parse(details).TextBody ?? '';
    },
  };
}

/** The approval link in a mail's text, on a line of its own; null when there is none. */
export function approvalLinkIn(text: string): string | null {
  return /^\s*(https?:\/\/\S+\/a\/[A-Za-z0-9_-]{16,})\s*$/m.exec(text)?.[1] ?? null;
}
