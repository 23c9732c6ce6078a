import type { LaneMail } from '../../database/read-models/mail-lane.read-model.ts';
import type { MailAttachment } from '../../domain/communication/outgoing-mail.ts';
import type { Instant } from '../../domain/instant.ts';
import {
  type CalendarEntry,
  calendarContentType,
  writeCalendarEntry,
} from '../../templates/calendar-entry.ts';
import { calendarUid, readMailbox } from './thread.ts';

/** What the calendar entry of a mail says: a date, or that the date is off. */
export interface CalendarPart {
  readonly method: CalendarEntry['method'];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** The `.ics` file of a mail. */
export function calendarAttachment(
  part: CalendarPart,
  about: {
    readonly lane: string;
    readonly from: string;
    readonly sequence: number;
    readonly stampedAt: Instant;
    readonly summary: string;
    readonly location: string;
    readonly attendee: CalendarEntry['attendee'];
  },
): MailAttachment {
  const organizer = readMailbox(about.from);
  const text = writeCalendarEntry({
    ...part,
    uid: calendarUid(about.lane, about.from),
    sequence: about.sequence,
    stampedAt: about.stampedAt,
    summary: about.summary,
    description: '',
    location: about.location,
    organizer: { ...organizer, name: organizer.name === '' ? organizer.email : organizer.name },
    attendee: about.attendee,
  });
  return {
    name: part.method === 'cancel' ? 'cancel.ics' : 'invite.ics',
    contentType: calendarContentType(part.method),
    contentBase64: Buffer.from(text, 'utf8').toString('base64'),
  };
}

const neverSeen: readonly LaneMail['status'][] = ['cancelled', 'superseded', 'expired'];

/** One more than every entry of this lane that somebody may have, or will get; 0 at first. */
export function nextSequence(earlier: readonly LaneMail[]): number {
  const used = earlier.flatMap(({ calendarSequence, status }) =>
    calendarSequence === null || neverSeen.includes(status) ? [] : [calendarSequence],
  );
  return used.length === 0 ? 0 : Math.max(...used) + 1;
}
