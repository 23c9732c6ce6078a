import type {
  CalendarDocument,
  DaySelectorDocument,
  OffsetDocument,
} from '../../../domain/calendar/calendar-document.ts';

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** All dates among which a selector is tried; what it picks is certain only well inside of them. */
type Universe = readonly string[];

/** The dates of a range, in days since 1970, that a selector picks. */
export function pickedDates(
  selector: DaySelectorDocument,
  calendar: CalendarDocument,
  [first, last]: readonly [number, number],
): ReadonlySet<string> {
  const reach = reachOf(selector);
  return datesPicked(selector, calendar, universeOf(first - reach, last + reach));
}

/** How many days a picked date may lie from those that it follows from, in the samples' odd weeks too. */
function reachOf(selector: DaySelectorDocument): number {
  if ('offset' in selector) {
    const { offset } = selector;
    const inner = reachOf(offset.from);
    if ('days' in offset) return inner + Math.abs(offset.days);
    if ('months' in offset) return inner + 31 * Math.abs(offset.months);
    return inner + 7 * (Math.abs(offset.businessDays) + 13);
  }
  if ('next' in selector) return reachOf(selector.next.from) + 7;
  if ('previous' in selector) return reachOf(selector.previous.from) + 7;
  if ('all' in selector) return Math.max(...selector.all.map(reachOf));
  if ('any' in selector) return Math.max(...selector.any.map(reachOf));
  if ('not' in selector) return reachOf(selector.not);
  // A month that is cut cannot be counted.
  return 32;
}

const universes = new Map<string, Universe>();

function universeOf(first: number, last: number): Universe {
  const key = `${first} ${last}`;
  const known = universes.get(key);
  if (known) return known;
  const dates = Array.from({ length: last - first + 1 }, (_, index) =>
    new Date((first + index) * 86_400_000).toISOString().slice(0, 10),
  );
  universes.set(key, dates);
  return dates;
}

/** The dates that a selector picks, found by going through all of them and moving each as a person would. */
function datesPicked(
  selector: DaySelectorDocument,
  calendar: CalendarDocument,
  universe: Universe,
): ReadonlySet<string> {
  const picked = (inner: DaySelectorDocument): ReadonlySet<string> =>
    datesPicked(inner, calendar, universe);
  if ('next' in selector) {
    const { weekday, from } = selector.next;
    return new Set([...picked(from)].map((date) => seek(date, weekday, 1)));
  }
  if ('previous' in selector) {
    const { weekday, from } = selector.previous;
    return new Set([...picked(from)].map((date) => seek(date, weekday, -1)));
  }
  if ('offset' in selector) {
    const { offset } = selector;
    return new Set([...picked(offset.from)].map((date) => offsetBy(offset, date, calendar)));
  }
  if ('all' in selector) {
    const sets = selector.all.map(picked);
    return new Set(universe.filter((date) => sets.every((set) => set.has(date))));
  }
  if ('any' in selector) return new Set(selector.any.flatMap((each) => [...picked(each)]));
  if ('not' in selector) {
    const left = picked(selector.not);
    return new Set(universe.filter((date) => !left.has(date)));
  }
  return new Set(datesOfLeaf(selector, calendar, universe));
}

type Moving = Readonly<Record<'next' | 'previous' | 'offset' | 'all' | 'any' | 'not', unknown>>;
type Leaf = Exclude<
  DaySelectorDocument,
  { [Key in keyof Moving]: Pick<Moving, Key> }[keyof Moving]
>;

function datesOfLeaf(
  selector: Leaf,
  calendar: CalendarDocument,
  universe: Universe,
): readonly string[] {
  if ('weekdays' in selector) {
    return universe.filter((date) => isOneOf(selector.weekdays, weekdayOf(date)));
  }
  if ('dates' in selector) return selector.dates;
  if ('holidays' in selector) return calendar.holidays?.[selector.holidays] ?? [];
  if ('every' in selector) {
    const { every } = selector;
    const step = 'days' in every ? every.days : 7 * every.weeks;
    const dates: string[] = [];
    const end = universe.at(-1) ?? '';
    for (let date = every.since; date <= end; date = plus(date, step)) dates.push(date);
    return dates;
  }
  return datesInMonths(selector, universe);
}

function datesInMonths(
  selector: Exclude<
    Leaf,
    { weekdays: unknown } | { dates: unknown } | { holidays: unknown } | { every: unknown }
  >,
  universe: Universe,
): readonly string[] {
  if ('months' in selector) {
    return universe.filter((date) => selector.months.includes(monthOf(date)));
  }
  if ('monthDays' in selector) {
    return inMonths(universe, (days) =>
      selector.monthDays.map((day) => days.at(day > 0 ? day - 1 : day)),
    );
  }
  if ('monthly' in selector) {
    const { nth, weekday, months } = selector.monthly;
    return inMonths(universe, (days) => {
      if (months?.includes(monthOf(days[0] ?? '')) === false) return [];
      return [days.filter((date) => weekdayOf(date) === weekday).at(nth > 0 ? nth - 1 : nth)];
    });
  }
  const { from, to } = selector.yearly;
  return universe.filter((date) => {
    const [isAfter, isBefore] = [date.slice(5) >= from, date.slice(5) <= to];
    return from > to ? isAfter || isBefore : isAfter && isBefore;
  });
}

function offsetBy(offset: OffsetDocument, date: string, calendar: CalendarDocument): string {
  if ('days' in offset) return plus(date, offset.days);
  if ('months' in offset) return plusMonths(date, offset.months);
  return plusWorkdays(calendar, date, offset.businessDays, offset.businessDays < 0 ? -1 : 1);
}

/** Whether people work on a date. */
export function isWorkday(
  { businessDays = {}, holidays = {} }: CalendarDocument,
  date: string,
): boolean {
  const { weekdays = ['mon', 'tue', 'wed', 'thu', 'fri'], except = [], extra = [] } = businessDays;
  if (extra.includes(date)) return true;
  if (except.some((set) => holidays[set]?.includes(date))) return false;
  return isOneOf(weekdays, weekdayOf(date));
}

/** That many working days on, one by one; a start off work first goes that way to one, 0 leaves it. */
export function plusWorkdays(
  calendar: CalendarDocument,
  from: string,
  count: number,
  roll: -1 | 0 | 1,
): string {
  let date = from;
  while (roll !== 0 && !isWorkday(calendar, date)) date = plus(date, roll);
  for (let left = Math.abs(count); left > 0;) {
    date = plus(date, Math.sign(count));
    if (isWorkday(calendar, date)) left--;
  }
  return date;
}

/** The date that many days later. */
export function plus(date: string, days: number): string {
  const moved = new Date(`${date}T00:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

function inMonths(
  universe: Universe,
  pick: (days: readonly string[]) => readonly (string | undefined)[],
): readonly string[] {
  const months = Object.groupBy(universe, (date) => date.slice(0, 7));
  // Months that the universe cuts would be counted wrongly; they lie at its ends.
  const whole = Object.entries(months).filter(([month, days]) => days?.length === lengthOf(month));
  return whole.flatMap(([, days]) => pick(days ?? [])).filter((each) => each !== undefined);
}

function lengthOf(month: string): number {
  const date = new Date(`${month}-01T00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + 1, 0);
  return date.getUTCDate();
}

function plusMonths(date: string, months: number): string {
  const first = new Date(`${date.slice(0, 7)}-01T00:00Z`);
  first.setUTCMonth(first.getUTCMonth() + months);
  const month = first.toISOString().slice(0, 7);
  const day = Math.min(Number(date.slice(8)), lengthOf(month));
  return `${month}-${String(day).padStart(2, '0')}`;
}

function seek(from: string, weekday: string, by: 1 | -1): string {
  let date = from;
  while (weekdayOf(date) !== weekday) date = plus(date, by);
  return date;
}

function weekdayOf(date: string): string {
  return names[new Date(`${date}T00:00Z`).getUTCDay()] ?? '';
}

function monthOf(date: string): number {
  return Number(date.slice(5, 7));
}

function isOneOf(list: readonly string[], value: string): boolean {
  return list.includes(value);
}
