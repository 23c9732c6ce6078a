import type { CalendarShelf } from '../database/calendar-shelf.ts';
import type { Database } from '../database/in-transaction.ts';
import type { MessageDesk } from './messages/message-desk.ts';

/** What every act needs, whatever it does. */
export interface ActDependencies {
  readonly database: Database;
  readonly shelf: CalendarShelf;
  readonly desk: MessageDesk;
}
