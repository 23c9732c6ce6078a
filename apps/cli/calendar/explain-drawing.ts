import { lengthWords } from '../../../domain/calendar/explain-time.ts';
import { durationMs } from '../../../domain/duration.ts';

/** The days of a calendar, as the domain explains them and the API answers them. */
export interface DrawnTimeline {
  readonly zone: string;
  readonly from: string;
  readonly to: string;
  readonly worstCase: string | null;
  readonly days: readonly DrawnDay[];
  readonly summary: string;
}

/** One date of a timeline. */
export interface DrawnDay {
  readonly date: string;
  readonly weekday: string;
  readonly open: readonly {
    readonly localStart: string;
    readonly localEnd: string;
    readonly rules: readonly string[];
  }[];
  readonly closedBecause: readonly { readonly text: string }[];
  readonly slots?: readonly {
    readonly localStart?: string;
    readonly clientName: string;
    readonly rollout: string;
  }[];
}

/** The signs of a bar: a terminal shows blocks, a file plain letters. */
const signs = {
  blocks: { whole: '█', first: '▌', second: '▐', part: '▒', closed: '·' },
  letters: { whole: '#', first: '+', second: '+', part: '+', closed: '.' },
} as const;

/** One row a day: the date, a bar of its 24 hours, when it is open, and what closes the rest. */
export function drawTimeline(
  timeline: DrawnTimeline,
  { title, blocks }: { readonly title: string; readonly blocks: boolean },
): string {
  const { whole, part, closed } = blocks ? signs.blocks : signs.letters;
  const rows = timeline.days.flatMap((day, index) => [
    ...(day.weekday === 'mon' && index > 0 ? [''] : []),
    ...rowsOf(day, blocks),
  ]);
  return [
    headingOf(timeline, title),
    '',
    `${' '.repeat(textColumn(0))}0     6     12    18    24`,
    ...rows,
    '',
    `${whole} open, ${part} partly open, ${closed} closed`,
    timeline.summary,
  ].join('\n');
}

const dateWidth = 'Tue 24 Nov'.length;
const gap = '  ';
const barHours = 24;

function textColumn(bars: number): number {
  return dateWidth + gap.length + bars * (barHours + gap.length);
}

function headingOf({ zone, from, to, worstCase }: DrawnTimeline, title: string): string {
  const work =
    worstCase === null ? '' : `, for work of up to ${lengthWords(durationMs(worstCase))}`;
  return `${title}, ${from} to ${to}, ${zone}${work}`;
}

function rowsOf(day: DrawnDay, blocks: boolean): readonly string[] {
  const texts = [
    ...(day.open.length === 0 ? [] : [day.open.map((each) => hoursOf(each, day.date)).join(', ')]),
    ...day.closedBecause.map(({ text }) => text),
    ...(day.slots ?? []).map(({ clientName, rollout }) => `planned: ${clientName}, ${rollout}`),
  ];
  const start = `${dateText(day)}${gap}${barOf(day, blocks)}`;
  const [first = '', ...others] = texts;
  return [
    `${start}${gap}${first}`.trimEnd(),
    ...others.map((each) => `${' '.repeat(textColumn(1))}${each}`),
  ];
}

function hoursOf({ localStart, localEnd, rules }: DrawnDay['open'][number], date: string): string {
  const end = localEnd.startsWith(date) ? localEnd.slice(11, 16) : '24:00';
  const allowedBy = rules.length === 0 ? '' : ` ${rules.join(', ')}`;
  return `${localStart.slice(11, 16)}–${end}${allowedBy}`;
}

function barOf({ open, date }: DrawnDay, blocks: boolean): string {
  const { whole, first, second, part, closed } = blocks ? signs.blocks : signs.letters;
  const stretches = open.map(({ localStart, localEnd }) => ({
    start: minuteOf(localStart, date),
    end: minuteOf(localEnd, date),
  }));
  const minutesOpen = (from: number, to: number): number =>
    stretches.reduce(
      (sum, { start, end }) => sum + Math.max(Math.min(end, to) - Math.max(start, from), 0),
      0,
    );
  return Array.from({ length: barHours }, (_, hour) => {
    const [left, right] = [0, 30].map((half) =>
      minutesOpen(hour * 60 + half, hour * 60 + half + 30),
    );
    if (left === 0 && right === 0) return closed;
    if (left === 30 && right === 30) return whole;
    if (left === 30 && right === 0) return first;
    return left === 0 && right === 30 ? second : part;
  }).join('');
}

/** Minutes of the wall clock since the date's midnight; a whole day of them on any later date. */
function minuteOf(local: string, date: string): number {
  if (!local.startsWith(date)) return barHours * 60;
  return Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dateText({ date, weekday }: DrawnDay): string {
  const [, month, day] = date.split('-');
  const name = weekday.slice(0, 1).toUpperCase() + weekday.slice(1, 3);
  return `${name} ${String(Number(day)).padStart(2)} ${months[Number(month) - 1] ?? ''}`;
}
