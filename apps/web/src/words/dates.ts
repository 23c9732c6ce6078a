export const weekdayNames = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
} as const;

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Which of a month's weekdays a form offers; from -1 on counted from the end. */
export const nths = [1, 2, 3, 4, 5, -1, -2, -3, -4, -5] as const;

/** “first”, “fourth”, “last”, “second to last”. */
export function nthWords(nth: number): string {
  const words = ['first', 'second', 'third', 'fourth', 'fifth'];
  if (nth > 0) return words[nth - 1] ?? `${nth}th`;
  return nth === -1 ? 'last' : `${words[-nth - 1] ?? `${-nth}th`} to last`;
}

/** A date without a zone: “15 Dec 2026”. */
export function shortDate(date: string): string {
  return formatDate(date, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** “Tuesday 15 December 2026”. */
export function longDate(date: string): string {
  return formatDate(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}

/** “Tue 15 Dec” of a date without a zone. */
export function shortDay(date: string): string {
  return formatDate(date, { weekday: 'short', day: 'numeric', month: 'short' });
}

/** “Tue 15 Dec 20:00” of a wall clock time. */
export function shortLocal(local: string): string {
  return `${shortDay(local.slice(0, 10))} ${local.slice(11, 16)}`;
}

function formatDate(date: string, how: Intl.DateTimeFormatOptions): string {
  const at = new Date(`${date}T00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  return new Intl.DateTimeFormat('en-GB', { ...how, timeZone: 'UTC' }).format(at);
}
