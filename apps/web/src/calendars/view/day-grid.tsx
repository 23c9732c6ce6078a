import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Timeline, TimelineDay } from '../../api/types.ts';
import { weekdayNames } from '../../words/dates.ts';
import { closingOf, hoursOf, lookOf, sayDay } from './day-look.ts';
import classes from './day-grid.module.css';
import { byMonth, cellsBefore } from './months.ts';

interface DayGridProps {
  readonly timeline: Timeline;
  readonly size: 'month' | 'quarter';
  readonly chosen: string | null;
  readonly onChoose: (date: string) => void;
}

/** Whole months of days: when they are open, what closes them, and who is planned there. */
export function DayGrid({ timeline, size, chosen, onChoose }: DayGridProps): ReactElement {
  return (
    <div className={classes['months']} data-size={size}>
      {byMonth(timeline.days).map(({ month, title, days }) => (
        <section key={month} aria-label={title} className={classes['month']}>
          {size === 'quarter' && (
            <Text fw={600} size="sm" mb={6}>
              {title}
            </Text>
          )}
          <div className={classes['grid']}>
            {Object.values(weekdayNames).map((name) => (
              <span key={name} className={classes['weekday']} aria-hidden>
                {name.slice(0, size === 'quarter' ? 2 : 3)}
              </span>
            ))}
            {days.map((day, index) => (
              <DayCell
                key={day.date}
                day={day}
                size={size}
                offset={index === 0 ? cellsBefore(day.date) : null}
                isChosen={day.date === chosen}
                onChoose={onChoose}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

interface DayCellProps {
  readonly day: TimelineDay;
  readonly size: 'month' | 'quarter';
  readonly offset: number | null;
  readonly isChosen: boolean;
  readonly onChoose: (date: string) => void;
}

function DayCell({ day, size, offset, isChosen, onChoose }: DayCellProps): ReactElement {
  const [reason] = closingOf(day);
  const words = sayDay(day);
  return (
    <button
      type="button"
      className={classes['day']}
      data-look={lookOf(day)}
      data-size={size}
      aria-label={words}
      aria-pressed={isChosen}
      title={words}
      // The weekday of the first day is data; a stylesheet cannot know it.
      style={offset === null ? undefined : { gridColumnStart: offset + 1 }}
      onClick={() => {
        onChoose(day.date);
      }}
    >
      <span className={classes['number']}>
        {Number(day.date.slice(8))}
        {day.slots.length > 0 && <span className={classes['slots']}>{day.slots.length}</span>}
      </span>
      {size === 'month' && (
        <>
          {day.open.map((each) => (
            <span key={each.start} className={classes['stretch']}>
              {hoursOf(each)}
            </span>
          ))}
          {reason !== undefined && <span className={classes['reason']}>{reason.rule}</span>}
        </>
      )}
    </button>
  );
}
