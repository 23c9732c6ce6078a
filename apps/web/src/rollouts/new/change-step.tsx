import { Anchor, Group, Radio, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { changesQuestion } from '../../api/queries.ts';
import { buildLook } from '../../changes/build-look.ts';
import { IconPackage } from '../../icons.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { readable } from '../../words/terms.ts';
import classes from './new-rollout-page.module.css';
import type { RolloutWish } from './rollout-wish.ts';

interface ChangeStepProps {
  readonly wish: RolloutWish;
  readonly onWish: (wish: RolloutWish) => void;
}

/** Which change goes out. */
export function ChangeStep({ wish, onWish }: ChangeStepProps): ReactElement {
  const changes = useQuery(changesQuestion);
  return (
    <QueryPanel
      query={changes}
      isEmpty={(all) => all.length === 0}
      empty={
        <EmptyState title="No change yet" icon={IconPackage}>
          <Anchor component={Link} to="/changes" size="sm">
            Create one first
          </Anchor>
        </EmptyState>
      }
    >
      {(all) => (
        <Radio.Group
          aria-label="Change"
          value={wish.change}
          onChange={(change) => {
            onWish({ ...wish, change });
          }}
        >
          <div className={classes['options']}>
            {all.map(({ id, version, title, kind, critical, builds, reach }) => (
              <Radio.Card key={id} value={version} className={classes['option'] ?? ''}>
                <Group wrap="nowrap" align="flex-start">
                  <Radio.Indicator />
                  <div>
                    <Text fw={600}>{version}</Text>
                    <Text size="sm">{title}</Text>
                    <Text size="xs" c="dimmed" mb={6}>
                      {readable(kind)}
                      {critical && ', critical'} · {reach.onItOrLater} of {reach.clients} have it
                    </Text>
                    {builds[0] === undefined ? (
                      <Text size="xs" c="dimmed">
                        No build yet
                      </Text>
                    ) : (
                      <StateBadge look={buildLook(builds[0])} />
                    )}
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      )}
    </QueryPanel>
  );
}
