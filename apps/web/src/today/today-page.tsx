import { Anchor, Button, Group, SimpleGrid, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { todayQuestion } from '../api/queries.ts';
import type { Today } from '../api/types.ts';
import { AttentionList } from '../attention/attention-list.tsx';
import { IconCalendarEvent, IconClock, IconPlus, IconRoute } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Ago, Moment, readAt } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { RolloutCard } from '../rollouts/rollout-card.tsx';
import { clientStates } from '../words/states.ts';
import { NumbersStrip } from './numbers-strip.tsx';

/** What starts today, what waits for a person, and what is due. */
export function TodayPage(): ReactElement {
  const today = useQuery(todayQuestion);
  const { manages } = useRights();
  return (
    <Page
      title="Today"
      below={today.data === undefined ? undefined : dayOf(today.data.now)}
      actions={
        manages && (
          <Button component={Link} to="/rollouts/new" leftSection={<IconPlus size={16} />}>
            Start a rollout
          </Button>
        )
      }
    >
      <QueryPanel query={today} rows={8}>
        {(data) => (
          <>
            <NumbersStrip today={data} />
            <PausedList paused={data.paused} />
            <Section title="Needs attention" count={data.attention.length} flush>
              <AttentionList items={data.attention} />
            </Section>
            <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
              <Starts starts={data.startsToday} />
              <Deadlines deadlines={data.deadlines} />
            </SimpleGrid>
            <Running running={data.running} />
          </>
        )}
      </QueryPanel>
    </Page>
  );
}

function dayOf(now: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format(new Date(now));
}

function PausedList({ paused }: { readonly paused: Today['paused'] }): ReactElement | null {
  if (paused.length === 0) return null;
  return (
    <Section title="Paused" count={paused.length}>
      {paused.map(({ rolloutId, name, reason, by, since }) => (
        <Text size="sm" key={rolloutId}>
          <Anchor component={Link} to={`/rollouts/${rolloutId}`} fw={600}>
            {name}
          </Anchor>
          : {reason} ({by}, <Ago at={since} />)
        </Text>
      ))}
    </Section>
  );
}

function Starts({ starts }: { readonly starts: Today['startsToday'] }): ReactElement {
  return (
    <Section title="Starts today" count={starts.length} flush>
      {starts.length === 0 ? (
        <EmptyState title="No client starts today" icon={IconCalendarEvent} />
      ) : (
        <Table verticalSpacing="xs" horizontalSpacing="md">
          <Table.Tbody>
            {starts.map((start) => (
              <Table.Tr key={`${start.rolloutId} ${start.key}`}>
                <Table.Td>
                  <Moment at={start.slotStart} zone={start.zone} />
                </Table.Td>
                <Table.Td>
                  <Anchor
                    component={Link}
                    to={clientAddress(start.rolloutId, start.key)}
                    size="sm"
                    fw={500}
                  >
                    {start.name}
                  </Anchor>
                  <Text size="xs" c="dimmed">
                    {start.rolloutName}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <StateBadge look={clientStates[start.state]} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

function Deadlines({ deadlines }: { readonly deadlines: Today['deadlines'] }): ReactElement {
  return (
    <Section title="Answers due" count={deadlines.length} flush>
      {deadlines.length === 0 ? (
        <EmptyState title="No answer is due" icon={IconClock} />
      ) : (
        <Table verticalSpacing="xs" horizontalSpacing="md">
          <Table.Tbody>
            {deadlines.map(({ roundId, client, deadline, rolloutId }) => (
              <Table.Tr key={roundId}>
                <Table.Td>
                  <Anchor
                    component={Link}
                    to={clientAddress(rolloutId, client.key)}
                    size="sm"
                    fw={500}
                  >
                    {client.name}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <Group gap={8}>
                    <Text size="sm">{readAt(deadline)}</Text>
                    <Text size="xs" c="dimmed">
                      <Ago at={deadline} />
                    </Text>
                  </Group>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

function Running({ running }: { readonly running: Today['running'] }): ReactElement {
  return (
    <Section title="Rollouts under way" count={running.length} flush>
      {running.length === 0 ? (
        <EmptyState title="No rollout is under way" icon={IconRoute}>
          Start one from a change whose build passed QA.
        </EmptyState>
      ) : (
        running.map((rollout) => <RolloutCard key={rollout.id} rollout={rollout} />)
      )}
    </Section>
  );
}

function clientAddress(rolloutId: string, key: string): string {
  return `/rollouts/${rolloutId}?client=${encodeURIComponent(key)}`;
}
