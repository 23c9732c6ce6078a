import { Group, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { RolloutSummary } from '../api/types.ts';
import { IconAlertTriangle } from '../icons.ts';
import { StateBadge } from '../parts/state-badge.tsx';
import { StateBar } from '../parts/state-bar.tsx';
import { rolloutStates } from '../words/states.ts';
import { readable } from '../words/terms.ts';
import classes from './rollout-card.module.css';

/** One rollout as a line that leads to it. */
export function RolloutCard({ rollout }: { readonly rollout: RolloutSummary }): ReactElement {
  return (
    <Link to={`/rollouts/${rollout.id}`} className={classes['card']}>
      <div className={classes['name']}>
        <Group gap={8}>
          <Text fw={600} span>
            {rollout.name}
          </Text>
          <StateBadge look={rolloutStates[rollout.state]} />
          {rollout.attention > 0 && (
            <span className={classes['attention']}>
              <IconAlertTriangle size={14} aria-hidden /> {rollout.attention} need attention
            </span>
          )}
        </Group>
        <Text size="sm" c="dimmed" lineClamp={2}>
          {rollout.sentence}
        </Text>
      </div>
      <div className={classes['facts']}>
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {readable(rollout.kind)} {rollout.version ?? rollout.change}
          </Text>
          <Text size="xs" fw={600}>
            {rollout.done} of {rollout.total} done
          </Text>
        </Group>
        <StateBar counts={rollout.counts} />
      </div>
    </Link>
  );
}
