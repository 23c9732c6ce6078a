import { Anchor, Drawer, Group, List, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { rolloutClientQuestion } from '../../api/queries.ts';
import type { ClientRollout } from '../../api/types.ts';
import { MessageTable } from '../../messages/message-table.tsx';
import { Ago, Moment } from '../../parts/moment.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { StoryList } from '../../parts/story-list.tsx';
import { useFilters } from '../../parts/use-filter.ts';
import { clientStates } from '../../words/states.ts';
import { actorOf, consentWords, sentence } from '../../words/terms.ts';
import { ClientActions } from './client-actions.tsx';
import { DeploymentList } from './deployment-list.tsx';
import { RoundList } from './round-list.tsx';

/** One client of the rollout: what happened, why not yet, and what can be done. */
export function ClientDrawer({ rolloutId }: { readonly rolloutId: string }): ReactElement {
  const [params, setFilters] = useFilters();
  const key = params.get('do') === 'plan-again' ? null : params.get('client');
  return (
    <Drawer
      opened={key !== null}
      onClose={() => {
        setFilters({ client: null, do: null });
      }}
      position="right"
      size="xl"
      title={
        key !== null && (
          <Anchor component={Link} to={`/clients/${encodeURIComponent(key)}`} size="sm" c="dimmed">
            Client {key}
          </Anchor>
        )
      }
    >
      {key !== null && <OpenClient rolloutId={rolloutId} clientKey={key} />}
    </Drawer>
  );
}

interface OpenClientProps {
  readonly rolloutId: string;
  readonly clientKey: string;
}

function OpenClient({ rolloutId, clientKey }: OpenClientProps): ReactElement {
  const client = useQuery(rolloutClientQuestion(rolloutId, clientKey));
  return (
    <QueryPanel query={client} rows={8}>
      {(data) => (
        <Stack gap="lg">
          <Head client={data} />
          <ClientActions rolloutId={rolloutId} client={data} />
          <WhyNot client={data} />
          <Tabs defaultValue="story" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="story">Story</Tabs.Tab>
              <Tabs.Tab value="messages">Messages ({data.messages.length})</Tabs.Tab>
              <Tabs.Tab value="deployments">Deployments ({data.deployments.length})</Tabs.Tab>
              <Tabs.Tab value="rounds">Answers ({data.rounds.length})</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="story">
              <StoryList entries={data.story} />
            </Tabs.Panel>
            <Tabs.Panel value="messages">
              <MessageTable messages={data.messages} isNarrow />
            </Tabs.Panel>
            <Tabs.Panel value="deployments">
              <DeploymentList rolloutId={rolloutId} deployments={data.deployments} />
            </Tabs.Panel>
            <Tabs.Panel value="rounds">
              <RoundList rounds={data.rounds} />
            </Tabs.Panel>
          </Tabs>
        </Stack>
      )}
    </QueryPanel>
  );
}

function Head({ client }: { readonly client: ClientRollout }): ReactElement {
  return (
    <div>
      <Group gap="sm">
        <Text fz="xl" fw={650}>
          {client.name}
        </Text>
        <StateBadge look={clientStates[client.state]} words={client.stateWords} />
      </Group>
      <Text size="sm" c="dimmed">
        {client.cohort} · {consentWords[client.consent]} · since <Ago at={client.since} />
      </Text>
      {client.slotStart !== null && (
        <Group gap="xs" mt="xs" align="flex-start">
          <Text size="sm" fw={600}>
            Slot
          </Text>
          <Moment at={client.slotStart} zone={client.zone} />
        </Group>
      )}
    </div>
  );
}

function WhyNot({ client }: { readonly client: ClientRollout }): ReactElement {
  return (
    <div>
      <Text size="sm" fw={600}>
        Why not yet, and when next
      </Text>
      {client.hold !== null && (
        <Text size="sm">
          On hold by {actorOf(client.hold.by)}: {client.hold.reason}
          {client.hold.until !== null && ', until '}
          {client.hold.until !== null && <Ago at={client.hold.until} />}
        </Text>
      )}
      {client.reason !== null && <Text size="sm">{sentence(client.reason)}</Text>}
      <List size="sm" mt={4}>
        {client.whyNot.map(({ gate, reason, next }) => (
          <List.Item key={gate}>
            {sentence(reason)}
            <Text size="xs" c="dimmed">
              {next.kind === 'at' ? <Ago at={next.at} /> : `when ${next.what}`}
            </Text>
          </List.Item>
        ))}
      </List>
      {client.nextText !== client.reason && (
        <Text size="sm" mt={4}>
          {sentence(client.nextText)}
        </Text>
      )}
    </div>
  );
}
