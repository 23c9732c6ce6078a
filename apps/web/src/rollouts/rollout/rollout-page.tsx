import { Alert, Anchor, Button, Group, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { attentionQuestion, rolloutQuestion, storyQuestion } from '../../api/queries.ts';
import type { Rollout } from '../../api/types.ts';
import { AttentionList } from '../../attention/attention-list.tsx';
import { IconHistory, IconListCheck, IconMail } from '../../icons.ts';
import { Ago } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { Section } from '../../parts/section.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { StoryList } from '../../parts/story-list.tsx';
import { useFilter } from '../../parts/use-filter.ts';
import { rolloutStates } from '../../words/states.ts';
import { actorOf, readable } from '../../words/terms.ts';
import { ClientDrawer } from './client-drawer.tsx';
import { ClientsTab } from './clients-tab.tsx';
import { CohortLanes } from './cohort-lanes.tsx';
import { PlanAgain } from './plan-again.tsx';
import { RolloutControls } from './rollout-controls.tsx';
import { RolloutMessages } from './rollout-messages.tsx';
import { RolloutSummaryCard } from './rollout-summary-card.tsx';

/** One rollout, live. */
export function RolloutPage(): ReactElement {
  const { id = '' } = useParams();
  const rollout = useQuery(rolloutQuestion(id));
  const data = rollout.data;
  return (
    <Page
      title={data?.name ?? 'Rollout'}
      back={{ to: '/rollouts', label: 'Rollouts' }}
      beside={data !== undefined && <StateBadge look={rolloutStates[data.state]} />}
      below={data !== undefined && <Origin rollout={data} />}
      actions={data !== undefined && <RolloutControls rollout={data} />}
    >
      <QueryPanel query={rollout} rows={8}>
        {(current) => <RolloutBody rollout={current} />}
      </QueryPanel>
    </Page>
  );
}

function Origin({ rollout }: { readonly rollout: Rollout }): ReactElement {
  return (
    <>
      {readable(rollout.kind)}{' '}
      <Anchor
        component={Link}
        to={`/changes/${encodeURIComponent(rollout.change)}`}
        size="sm"
        underline="always"
      >
        {rollout.change}
      </Anchor>
      {rollout.version !== null &&
        rollout.version !== rollout.change &&
        `, build ${rollout.version}`}
      {` · ${readable(rollout.policy)} · started by ${actorOf(rollout.startedBy)} `}
      <Ago at={rollout.startedAt} />
    </>
  );
}

function RolloutBody({ rollout }: { readonly rollout: Rollout }): ReactElement {
  const [tab, setTab] = useFilter('tab');
  return (
    <>
      <RolloutSummaryCard rollout={rollout} />
      <PendingPlan rollout={rollout} />
      <RolloutAttention rolloutId={rollout.id} />
      <CohortLanes cohorts={rollout.cohorts} />
      <Tabs value={tab ?? 'clients'} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="clients" leftSection={<IconListCheck size={16} />}>
            Clients
          </Tabs.Tab>
          <Tabs.Tab value="messages" leftSection={<IconMail size={16} />}>
            Messages
          </Tabs.Tab>
          <Tabs.Tab value="timeline" leftSection={<IconHistory size={16} />}>
            Timeline
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="clients" pt="md">
          <ClientsTab rollout={rollout} />
        </Tabs.Panel>
        <Tabs.Panel value="messages" pt="md">
          <RolloutMessages rolloutId={rollout.id} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline" pt="md">
          <RolloutTimeline rolloutId={rollout.id} />
        </Tabs.Panel>
      </Tabs>
      <ClientDrawer rolloutId={rollout.id} />
      <PlanAgain rollout={rollout} />
    </>
  );
}

function PendingPlan({ rollout }: { readonly rollout: Rollout }): ReactElement | null {
  const [, setDo] = useFilter('do');
  if (rollout.pendingPlan === null) return null;
  return (
    <Alert color="amber" title="New dates wait for your decision">
      <Group justify="space-between">
        <Text size="sm">{rollout.pendingPlan.summary}</Text>
        <Button
          size="xs"
          onClick={() => {
            setDo('review-plan');
          }}
        >
          See what would change
        </Button>
      </Group>
    </Alert>
  );
}

function RolloutAttention({ rolloutId }: { readonly rolloutId: string }): ReactElement | null {
  const attention = useQuery(attentionQuestion);
  const items = attention.data?.filter(({ rollout }) => rollout?.id === rolloutId) ?? [];
  if (items.length === 0) return null;
  return (
    <Section title="Needs attention" count={items.length} flush>
      <AttentionList items={items} />
    </Section>
  );
}

function RolloutTimeline({ rolloutId }: { readonly rolloutId: string }): ReactElement {
  const story = useQuery(storyQuestion(rolloutId));
  return (
    <Section title="Timeline">
      <QueryPanel query={story} rows={8}>
        {(entries) => <StoryList entries={entries} withClient />}
      </QueryPanel>
    </Section>
  );
}
