import { type Database, inTransaction } from '../../../database/in-transaction.ts';
import { hasUnnumberedEvents, numberEvents } from '../../../database/stores/event.store.ts';
import type { Duty } from './duty.ts';

const everyMs = 250;

/** Gives committed events their positions and tells the open screens. */
export function sequencer(database: Database): Duty {
  return {
    name: 'sequencer',
    everyMs,
    perform: async () => {
      if (!(await hasUnnumberedEvents(database.pool))) return false;
      return (await inTransaction(database, numberEvents)) > 0;
    },
  };
}
