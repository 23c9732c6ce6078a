import { Text, Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import classes from './moment.module.css';
import { useNow } from './use-now.ts';

const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** An instant in the viewer's zone, and in the client's where that is another. */
export function Moment({
  at,
  zone,
}: {
  readonly at: string;
  readonly zone?: string;
}): ReactElement {
  const other = zone !== undefined && readAt(at, zone) !== readAt(at, viewerZone);
  return (
    <Tooltip label={longAt(at, viewerZone)} openDelay={400}>
      <time dateTime={at} className={classes['time']}>
        <Text size="sm" span>
          {readAt(at, viewerZone)}
        </Text>
        {other && (
          <Text size="xs" c="dimmed" display="block" span>
            {readAt(at, zone)} {placeOf(zone)}
          </Text>
        )}
      </time>
    </Tooltip>
  );
}

/** How far away an instant is: “in 3 hours”, “2 days ago”. */
export function Ago({ at }: { readonly at: string }): ReactElement {
  const now = useNow();
  return (
    <Tooltip label={longAt(at, viewerZone)} openDelay={400}>
      <time dateTime={at}>{distance(Date.parse(at) - now)}</time>
    </Tooltip>
  );
}

/** “America/Toronto” as people say it. */
export function placeOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** An instant as one line in a zone, for sentences and tooltips. */
export function readAt(at: string, zone: string = viewerZone): string {
  const sameYear = new Date(at).getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(new Date(at));
}

/** From one instant to another; a day that both share is named once. */
export function readSpan(from: string, to: string): string {
  const [first, last] = [readAt(from), readAt(to)];
  if (first === last) return first;
  const [day = '', time = ''] = last.split(/, (?=\d\d:\d\d$)/);
  return first.startsWith(day) ? `${first}–${time}` : `${first} – ${last}`;
}

function longAt(at: string, zone: string): string {
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    dateStyle: 'full',
    timeStyle: 'long',
  }).format(new Date(at));
  return `${text} (your time)`;
}

const steps = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function distance(ms: number): string {
  const words = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
  const step = steps.find(([, size]) => Math.abs(ms) >= size);
  if (step === undefined) return ms > 0 ? 'in a moment' : 'just now';
  return words.format(Math.round(ms / step[1]), step[0]);
}
