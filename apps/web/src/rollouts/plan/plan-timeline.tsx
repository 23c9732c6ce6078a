import { Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactElement } from 'react';
import type { Plan, PlanRow } from '../../api/types.ts';
import { IconCalendarX } from '../../icons.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { shortDate } from '../../words/dates.ts';
import { placeIn, type PlanSpan, ticksOf } from './plan-rows.ts';
import { PlanTimelineRow } from './plan-timeline-row.tsx';
import classes from './plan-timeline.module.css';

interface PlanTimelineProps {
  readonly rows: readonly PlanRow[];
  readonly span: PlanSpan;
  readonly capacity: Plan['capacity'];
}

const rowHeight = 58;

/** Thousands of clients over their days, of which only those in sight are drawn. */
export function PlanTimeline({ rows, span, capacity }: PlanTimelineProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the scroll position is its state; nothing here is memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
  });
  if (rows.length === 0) return <EmptyState title="No client is like that" icon={IconCalendarX} />;
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      tabIndex={0}
      role="region"
      aria-label="Clients on their days"
    >
      <div role="table" aria-label="Plan" aria-rowcount={rows.length + 1}>
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
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={classes['row']}
                data-index={index}
                data-first={row.cohort !== rows[index - 1]?.cohort}
                ref={virtual.measureElement}
                style={{ transform: `translateY(${start}px)` }}
              >
                <PlanTimelineRow row={row} span={span} />
              </div>
            );
          })}
        </div>
      </div>
      <Legend />
    </div>
  );
}

/** The dates over the days, and how full each day is against its limit. */
function Scale({ span, capacity }: Omit<PlanTimelineProps, 'rows'>): ReactElement {
  const width = (86_400_000 / (span.endMs - span.startMs)) * 100;
  return (
    <div className={classes['scale']}>
      {ticksOf(span).map((at) => (
        <span
          key={at}
          className={classes['tick']}
          style={{ insetInlineStart: `${placeIn(span, at)}%` }}
        >
          {shortDate(at.slice(0, 10)).replace(/ \d{4}$/, '')}
        </span>
      ))}
      {capacity.map(({ date, slots, busiest, limit }) => {
        const words = `${shortDate(date)}: ${slots} planned, at most ${busiest} at once of ${limit}`;
        return (
          <span
            key={date}
            role="img"
            aria-label={words}
            title={words}
            className={classes['load']}
            data-full={busiest >= limit}
            style={{
              insetInlineStart: `${placeIn(span, `${date}T00:00:00.000Z`)}%`,
              inlineSize: `${width}%`,
              blockSize: `${Math.max(12, Math.min(100, (busiest / limit) * 100)) / 5}px`,
            }}
          />
        );
      })}
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
    </div>
  );
}
