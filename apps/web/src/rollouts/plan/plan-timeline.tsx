import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type ReactElement } from 'react';
import type { Plan, PlanRow } from '../../api/types.ts';
import { IconCalendarX } from '../../icons.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { shortDate } from '../../words/dates.ts';
import { countOf } from '../../words/terms.ts';
import {
  linesOf,
  placeIn,
  type PlanLine,
  type PlanSpan,
  shareOf,
  ticksOf,
  weekendsOf,
} from './plan-rows.ts';
import { PlanTimelineRow } from './plan-timeline-row.tsx';
import classes from './plan-timeline.module.css';

interface PlanTimelineProps {
  readonly rows: readonly PlanRow[];
  readonly span: PlanSpan;
  readonly capacity: Plan['capacity'];
}

const rowHeight = 58;
const headingHeight = 36;

/** Thousands of clients over their days, of which only those in sight are drawn. */
export function PlanTimeline({ rows, span, capacity }: PlanTimelineProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => linesOf(rows), [rows]);
  // eslint-disable-next-line react-hooks/incompatible-library -- the scroll position is its state; nothing here is memoised
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'cohort' ? headingHeight : rowHeight),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 8,
  });
  if (rows.length === 0) return <EmptyState title="No client is like that" icon={IconCalendarX} />;
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      tabIndex={0}
      role="region"
      aria-label="Timeline of the clients"
    >
      <div role="table" aria-label="Plan" aria-rowcount={lines.length + 1}>
        <div role="row" className={classes['head']} aria-rowindex={1}>
          <div role="columnheader">Client</div>
          <div role="columnheader" className={classes['track']}>
            <Scale span={span} capacity={capacity} />
          </div>
          <div role="columnheader">Slot, at the client</div>
          <div role="columnheader">What differs</div>
        </div>
        {/* Heights and offsets come from the scroll position; a stylesheet cannot know them. */}
        <div role="rowgroup" className={classes['body']} style={{ height: virtual.getTotalSize() }}>
          <div className={classes['shade']} role="presentation" aria-hidden>
            <Weekends span={span} />
          </div>
          {virtual.getVirtualItems().map(({ index, key, start }) => (
            <div
              key={key}
              role="row"
              aria-rowindex={index + 2}
              className={classes['row']}
              data-index={index}
              data-kind={lines[index]?.kind}
              ref={virtual.measureElement}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Line line={lines[index]} span={span} />
            </div>
          ))}
        </div>
      </div>
      <Legend />
    </div>
  );
}

interface LineProps {
  readonly line: PlanLine | undefined;
  readonly span: PlanSpan;
}

function Line({ line, span }: LineProps): ReactElement | null {
  if (line === undefined) return null;
  if (line.kind === 'client') return <PlanTimelineRow row={line.row} span={span} />;
  return (
    <div role="cell" aria-colspan={4} className={classes['cohort']}>
      <strong>{line.name}</strong> <span>{line.text}</span>
    </div>
  );
}

function keyOf(line: PlanLine | undefined, index: number): string | number {
  if (line === undefined) return index;
  return line.kind === 'cohort' ? `cohort ${line.name}` : `client ${line.row.key}`;
}

/** Saturdays and Sundays behind the days. */
function Weekends({ span }: { readonly span: PlanSpan }): ReactElement {
  return (
    <div className={classes['weekends']}>
      {weekendsOf(span).map(({ at, days }) => (
        <span
          key={at}
          style={{
            insetInlineStart: `${placeIn(span, at)}%`,
            inlineSize: `${dayWidth(span) * days}%`,
          }}
        />
      ))}
    </div>
  );
}

function dayWidth({ startMs, endMs }: PlanSpan): number {
  return (86_400_000 / (endMs - startMs)) * 100;
}

/** The dates over the days, and how full each day is against its limit. */
function Scale({ span, capacity }: Omit<PlanTimelineProps, 'rows'>): ReactElement {
  return (
    <div className={classes['scale']}>
      <Weekends span={span} />
      {ticksOf(span).map((at) => (
        <span
          key={at}
          className={classes['tick']}
          style={{ insetInlineStart: `${placeIn(span, at)}%` }}
        >
          {shortDate(at.slice(0, 10)).replace(/ \d{4}$/, '')}
        </span>
      ))}
      {capacity.map((day) => (
        <span
          key={day.date}
          aria-hidden
          title={`${shortDate(day.date)}: ${countOf(day.slots, 'slot')}, ${day.busiest} at once of ${day.limit}`}
          className={classes['load']}
          data-full={day.busiest >= day.limit}
          style={{
            insetInlineStart: `${placeIn(span, `${day.date}T00:00:00.000Z`)}%`,
            inlineSize: `${dayWidth(span)}%`,
            blockSize: `${Math.max(12, shareOf(day)) / 5}px`,
          }}
        />
      ))}
    </div>
  );
}

function Legend(): ReactElement {
  const marks = [
    ['preview', 'Preview'],
    ['answer', 'Answer by'],
    ['notice', 'Told'],
    ['slot', 'Slot'],
  ] as const;
  return (
    <div className={classes['legend']}>
      {marks.map(([mark, words]) => (
        <Text key={mark} size="xs" c="dimmed" span>
          <i className={classes['mark']} data-mark={mark} aria-hidden /> {words}
        </Text>
      ))}
      <Text size="xs" c="dimmed" span>
        <i className={classes['sampleLoad']} aria-hidden /> How full the day is against its limit
      </Text>
      <Text size="xs" c="dimmed" span>
        <i className={classes['sampleWeekend']} aria-hidden /> Weekend
      </Text>
    </div>
  );
}
