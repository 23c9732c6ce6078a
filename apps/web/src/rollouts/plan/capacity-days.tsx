import type { ReactElement } from 'react';
import type { Plan } from '../../api/types.ts';
import { Section } from '../../parts/section.tsx';
import { shortDay } from '../../words/dates.ts';
import { countOf } from '../../words/terms.ts';
import { shareOf } from './plan-rows.ts';
import classes from './capacity-days.module.css';

/** How full each day is against its limit: a bar for the eye, the numbers for everybody. */
export function CapacityDays({ capacity }: Pick<Plan, 'capacity'>): ReactElement | null {
  if (capacity.length === 0) return null;
  const full = capacity.filter(({ busiest, limit }) => busiest >= limit).length;
  return (
    <Section
      title="How full the days are"
      actions={
        <span className={classes['key']}>
          at once / limit · {full === 0 ? 'no day is full' : countOf(full, 'full day')}
        </span>
      }
      flush
    >
      <div
        className={classes['scroller']}
        tabIndex={0}
        role="region"
        aria-label="Days with their capacity"
      >
        <ol className={classes['days']}>
          {capacity.map((day) => (
            <li key={day.date} className={classes['day']} data-full={day.busiest >= day.limit}>
              <span className={classes['bar']} aria-hidden>
                {/* The height is the figure itself; a stylesheet cannot know it. */}
                <span style={{ blockSize: `${shareOf(day)}%` }} />
              </span>
              <span className={classes['figures']}>
                {day.busiest} / {day.limit}
                {day.busiest >= day.limit && <span className={classes['full']}> full</span>}
              </span>
              <span>{shortDay(day.date)}</span>
              <span className={classes['slots']}>{countOf(day.slots, 'slot')}</span>
            </li>
          ))}
        </ol>
      </div>
    </Section>
  );
}
