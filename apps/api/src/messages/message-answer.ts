import type { MessageRow } from '../../../../database/read-models/message-list.read-model.ts';
import type { Answer } from '../http/answers.ts';
import type { messageView } from './messages.schemas.ts';

/** A mail as lists show it. */
export function messageAnswer(row: MessageRow): Answer<typeof messageView> {
  return { ...row, statusWords: statusWords[row.status] };
}

const statusWords = {
  planned: 'Written',
  queued: 'Waits to be sent',
  sending: 'Being sent',
  accepted: 'Taken by the mail provider',
  delivered: 'Delivered',
  bounced: 'Bounced',
  complained: 'Marked as spam',
  suppressed: 'Not sent: the address is blocked',
  rejected: 'Refused by the mail provider',
  unknown: 'Looking for it at the provider',
  needs_human: 'A person must decide',
  resent: 'Sent once more',
  dropped: 'Dropped',
  cancelled: 'Cancelled',
  superseded: 'Replaced',
  expired: 'Too late to be sent',
} as const satisfies Readonly<Record<MessageRow['status'], string>>;
