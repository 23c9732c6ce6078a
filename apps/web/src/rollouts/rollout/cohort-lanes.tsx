import { Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { CohortLane } from '../../api/types.ts';
import { Ago } from '../../parts/moment.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { StateBar } from '../../parts/state-bar.tsx';
import { useFilter } from '../../parts/use-filter.ts';
import { cohortStates } from '../../words/states.ts';
import classes from './cohort-lanes.module.css';

/** The cohorts in their order; pressing one filters the table of clients. */
export function CohortLanes({
  cohorts,
}: {
  readonly cohorts: readonly CohortLane[];
}): ReactElement {
  const [cohort, setCohort] = useFilter('cohort');
  return (
    <ol className={classes['lanes']} aria-label="Cohorts">
      {cohorts.map((lane) => (
        <li key={lane.id}>
          <button
            type="button"
            className={classes['lane']}
            aria-pressed={cohort === lane.name}
            onClick={() => {
              setCohort(cohort === lane.name ? null : lane.name);
            }}
          >
            <span className={classes['head']}>
              <Text fw={600} size="sm" span>
                {lane.position}. {lane.name}
              </Text>
              <StateBadge look={cohortStates[lane.state]} />
            </span>
            <StateBar counts={lane.counts} />
            <span className={classes['foot']}>
              <span>
                {lane.done} of {lane.total} done
                {lane.failures > 0 && `, ${lane.failures} failed`}
              </span>
              <LaneNote lane={lane} />
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function LaneNote({ lane }: { readonly lane: CohortLane }): ReactElement | null {
  if (lane.state === 'observing' && lane.observeUntil !== null) {
    return (
      <span>
        passes <Ago at={lane.observeUntil} />
      </span>
    );
  }
  if (lane.state === 'open') return <span>next cohort opens at {lane.threshold} done</span>;
  return null;
}
