import type { TimelineDay } from '../../api/types.ts';
import { longDate } from '../../words/dates.ts';
import { countOf } from '../../words/terms.ts';

/** How a day reads in the grid. */
export type DayLook = 'open' | 'partly' | 'closed' | 'none';

/** Open, open for a part, closed by a rule, or no day for rollouts at all. */
export function lookOf(day: TimelineDay): DayLook {
  const isClosedByRule = closingOf(day).length > 0;
  if (day.open.length > 0) return isClosedByRule ? 'partly' : 'open';
  return isClosedByRule ? 'closed' : 'none';
}

/** What closes allowed time of a day; a day without allowed time has nothing to close. */
export function closingOf({ closedBecause }: TimelineDay): TimelineDay['closedBecause'] {
  return closedBecause.filter(({ rule }) => rule !== noAllowRule);
}

/** “20:00–23:00”, the end of another day with its weekday. */
export function hoursOf({ localStart, localEnd }: TimelineDay['open'][number]): string {
  const [start, end] = [localStart.slice(11, 16), localEnd.slice(11, 16)];
  if (localEnd.slice(0, 10) === localStart.slice(0, 10)) return `${start}–${end}`;
  return end === '00:00' ? `${start}–24:00` : `${start}–${end} next day`;
}

/** The whole of a day in one sentence, for those who hear the grid. */
export function sayDay(day: TimelineDay): string {
  const open =
    day.open.length === 0
      ? 'closed'
      : `open ${day.open.map((each) => hoursOf(each)).join(' and ')}`;
  const why = day.closedBecause.map(({ text }) => text);
  const slots = day.slots.length === 0 ? [] : [countOf(day.slots.length, 'client') + ' planned'];
  return [`${longDate(day.date)}: ${open}`, ...why, ...slots].join('. ');
}

const noAllowRule = 'no allow rule';
