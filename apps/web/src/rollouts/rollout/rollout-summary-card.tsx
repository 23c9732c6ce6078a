import type { ReactElement } from 'react';
import type { Rollout } from '../../api/types.ts';
import { Ago, readSpan } from '../../parts/moment.tsx';
import { readCounts, StateBar } from '../../parts/state-bar.tsx';
import classes from './rollout-summary-card.module.css';

/** The sentence for the boss, and the numbers behind it. */
export function RolloutSummaryCard({ rollout }: { readonly rollout: Rollout }): ReactElement {
  const { limits, next } = rollout;
  const share = rollout.total === 0 ? 0 : Math.round((rollout.done / rollout.total) * 100);
  return (
    <section className={classes['card']} aria-label="How it stands">
      <p className={classes['sentence']}>{rollout.sentence}</p>
      <StateBar counts={rollout.counts} />
      <ul className={classes['legend']}>
        {readCounts(rollout.counts).map(({ state, words, count, tone }) => (
          <li key={state} data-tone={tone}>
            <strong>{count}</strong> {words.toLowerCase()}
          </li>
        ))}
      </ul>
      <dl className={classes['facts']}>
        <div>
          <dt>Done</dt>
          <dd>
            {rollout.done} of {rollout.total} ({share}%)
          </dd>
        </div>
        <div>
          <dt>Deploying now</dt>
          <dd>
            {limits.inFlight} of at most {limits.maxInFlight}
          </dd>
        </div>
        <div>
          <dt>Failures</dt>
          <dd>
            {limits.failures}, pauses at {limits.pauseAfterFailures}
          </dd>
        </div>
        <div>
          <dt>Dates</dt>
          <dd>{datesOf(rollout)}</dd>
        </div>
        <div>
          <dt>Next</dt>
          <dd>
            {next.text}
            {next.at !== null && (
              <small>
                <Ago at={next.at} />
              </small>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function datesOf({ firstSlot, lastSlot }: Rollout): string {
  if (firstSlot === null || lastSlot === null) return 'None yet';
  return readSpan(firstSlot, lastSlot);
}
