import { Anchor, Button, Group, Modal, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { changeQuestion } from '../api/queries.ts';
import type { Change } from '../api/types.ts';
import { IconRocket } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { Ago } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { rolloutStates } from '../words/states.ts';
import { actorOf, readable } from '../words/terms.ts';
import { AssessmentForm } from './assessment-form.tsx';
import { AssessmentText } from './assessment-text.tsx';
import { BuildList } from './build-list.tsx';

/** One version: who has it, what it means for clients, its builds and notes. */
export function ChangePage(): ReactElement {
  const { version = '' } = useParams();
  const change = useQuery(changeQuestion(version));
  const { manages } = useRights();
  return (
    <Page
      title={change.data === undefined ? version : `${change.data.version}: ${change.data.title}`}
      back={{ to: '/changes', label: 'Changes' }}
      below={change.data !== undefined && <Origin change={change.data} />}
      actions={
        manages && (
          <Button
            component={Link}
            to={`/rollouts/new?change=${encodeURIComponent(version)}`}
            leftSection={<IconRocket size={16} />}
          >
            Start a rollout
          </Button>
        )
      }
    >
      <QueryPanel query={change} rows={8}>
        {(data) => (
          <>
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
              <Reach change={data} />
              <AssessmentCard change={data} />
            </SimpleGrid>
            <Section title="Builds" count={data.builds.length} flush>
              <BuildList builds={data.builds} />
            </Section>
          </>
        )}
      </QueryPanel>
    </Page>
  );
}

function Origin({ change }: { readonly change: Change }): ReactElement {
  return (
    <>
      {readable(change.kind)}
      {change.critical && ', critical'} · created by {actorOf(change.createdBy)}{' '}
      <Ago at={change.createdAt} />
      {change.earliestDate !== null && ` · not before ${change.earliestDate}`}
      {change.latestDate !== null && ` · by ${change.latestDate}`}
      {change.minimumVersion !== null && ` · needs ${change.minimumVersion} or later`}
    </>
  );
}

function Reach({ change }: { readonly change: Change }): ReactElement {
  const { onItOrLater, clients, toCome } = change.reach;
  const share = clients === 0 ? 0 : (onItOrLater / clients) * 100;
  return (
    <Section title="Who has it">
      <Stack gap="sm">
        <Text fz="xl" fw={650}>
          {onItOrLater} of {clients} clients are on it or later
        </Text>
        <Progress value={share} aria-label="Share of clients on it or later" />
        <Text size="sm" c="dimmed">
          {toCome} still to come in a rollout.
        </Text>
        {change.rollouts.map(({ id, name, state }) => (
          <Group key={id} gap="xs">
            <Anchor component={Link} to={`/rollouts/${id}`} size="sm" fw={550}>
              {name}
            </Anchor>
            <StateBadge look={rolloutStates[state]} />
          </Group>
        ))}
      </Stack>
    </Section>
  );
}

function AssessmentCard({ change }: { readonly change: Change }): ReactElement {
  const { manages } = useRights();
  const [editing, setEditing] = useState(false);
  const close = (): void => {
    setEditing(false);
  };
  return (
    <Section
      title="Assessment"
      actions={
        manages && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setEditing(true);
            }}
          >
            {change.assessment === null ? 'Assess' : 'Assess again'}
          </Button>
        )
      }
    >
      <AssessmentText assessment={change.assessment} />
      <Modal
        opened={editing}
        onClose={close}
        title={`What ${change.version} means for clients`}
        size="lg"
      >
        <AssessmentForm change={change} onDone={close} />
      </Modal>
    </Section>
  );
}
