import { api, take } from '../api/client.ts';

/** What a person can do with a mail whose fate is not certain. */
export const messageVerbs = ['resend', 'mark-sent', 'drop'] as const;
export type MessageVerb = (typeof messageVerbs)[number];

/** Does it; the server refuses where it is not safe. */
export function treatMessage(id: string, verb: MessageVerb, reason: string): Promise<unknown> {
  const request = { params: { path: { id } }, body: { reason } };
  switch (verb) {
    case 'resend':
      return take(api.POST('/v1/messages/{id}/resend', request));
    case 'mark-sent':
      return take(api.POST('/v1/messages/{id}/mark-sent', request));
    case 'drop':
      return take(api.POST('/v1/messages/{id}/drop', request));
  }
}
