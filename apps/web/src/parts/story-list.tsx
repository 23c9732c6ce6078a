import { Group, Text, Timeline } from '@mantine/core';
import type { ReactElement } from 'react';
import type { StoryEntry } from '../api/types.ts';
import { IconHistory } from '../icons.ts';
import { EmptyState } from './empty-state.tsx';
import { Moment } from './moment.tsx';
import { actorOf } from '../words/terms.ts';

interface StoryListProps {
  readonly entries: readonly StoryEntry[];
  readonly withClient?: boolean;
}

/** What happened, newest first, each with who did it. */
export function StoryList({ entries, withClient }: StoryListProps): ReactElement {
  if (entries.length === 0) {
    return <EmptyState title="Nothing has happened yet" icon={IconHistory} />;
  }
  return (
    <Timeline bulletSize={12} lineWidth={2} active={-1}>
      {entries.map((entry) => (
        <Timeline.Item key={entry.position}>
          <Text size="sm">
            {withClient === true && entry.client !== null && <strong>{entry.client.name}: </strong>}
            {entry.text}
          </Text>
          <Group gap={6} mt={2}>
            <Moment at={entry.at} />
            <Text size="xs" c="dimmed">
              {actorOf(entry.actor)}
            </Text>
          </Group>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}
