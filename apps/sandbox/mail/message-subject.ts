import type { Subject } from './faults.ts';
import type { StoredMessage } from './records.ts';

type Recipients = Pick<StoredMessage, 'to' | 'cc' | 'bcc'>;

/** What a fault can be narrowed by. */
export function subjectOf(message: Recipients & Pick<StoredMessage, 'metadata' | 'tag'>): Subject {
  return {
    did: message.metadata['did'],
    tag: message.tag,
    recipients: recipientsOf(message),
  };
}

/** The bare addresses a message goes to. */
export function recipientsOf({ to, cc, bcc }: Recipients): readonly string[] {
  return [...to, ...cc, ...bcc].map(({ Email }) => Email);
}
