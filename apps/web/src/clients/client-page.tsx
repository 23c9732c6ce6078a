import { Anchor, Badge, Group, Paper, SimpleGrid, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { AgreementList } from '../agreements/agreement-list.tsx';
import { ClientCalendar } from '../agreements/client-calendar.tsx';
import { clientQuestion } from '../api/queries.ts';
import type { Client, Contact, Site } from '../api/types.ts';
import { IconExternalLink, IconRoute, IconUsers } from '../icons.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Ago, Moment, placeOf } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { StoryList } from '../parts/story-list.tsx';
import { clientStates } from '../words/states.ts';
import { readable } from '../words/terms.ts';

/** One client: both sites, contacts, what was agreed, which days it has, what is coming, what was. */
export function ClientPage(): ReactElement {
  const { key = '' } = useParams();
  const client = useQuery(clientQuestion(key));
  return (
    <Page
      title={client.data?.name ?? key}
      back={{ to: '/clients', label: 'Clients' }}
      below={client.data !== undefined && <Facts client={client.data} />}
    >
      <QueryPanel query={client} rows={8}>
        {(data) => (
          <>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
              <SiteCard title="Preview" site={data.preview} />
              <SiteCard title="Production" site={data.production} />
            </SimpleGrid>
            <Contacts contacts={data.contacts} />
            <AgreementList client={data} />
            <ClientCalendar client={data} />
            <Rollouts client={data} />
            <Section title="History">
              <StoryList entries={data.history} />
            </Section>
          </>
        )}
      </QueryPanel>
    </Page>
  );
}

function Facts({ client }: { readonly client: Client }): ReactElement {
  return (
    <Group gap="xs">
      <span>
        {client.key} · {readable(client.state)} · {placeOf(client.zone)} ·{' '}
        {client.locale === 'fr' ? 'French' : 'English'}
        {client.supportLevel !== null && ` · support ${client.supportLevel}`}
        {client.owner !== null && ` · owner ${client.owner}`}
        {client.calendar !== null && ` · calendar ${client.calendar}`}
      </span>
      {client.tags.map((tag) => (
        <Badge
          key={tag}
          component={Link}
          to={`/clients?tag=${encodeURIComponent(tag)}`}
          size="sm"
          variant="default"
          tt="none"
        >
          {tag}
        </Badge>
      ))}
    </Group>
  );
}

function SiteCard({
  title,
  site,
}: {
  readonly title: string;
  readonly site: Site | null;
}): ReactElement {
  if (site === null) {
    return (
      <Paper withBorder p="md" radius="lg">
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          This client has no such site.
        </Text>
      </Paper>
    );
  }
  return (
    <Paper withBorder p="md" radius="lg">
      <Group justify="space-between">
        <Text fw={600}>{title}</Text>
        <Text fw={650}>{site.version ?? 'Build not known'}</Text>
      </Group>
      <Anchor href={site.url} target="_blank" rel="noreferrer" size="sm">
        {site.url} <IconExternalLink size={13} aria-hidden />
      </Anchor>
      <Text size="sm" c="dimmed" mt={4}>
        Deployed by {site.deployer}, asked by {site.probe}.
        {site.reportedAt !== null && (
          <>
            {' '}
            The site said {site.reportedVersion ?? 'nothing readable'} <Ago at={site.reportedAt} />.
          </>
        )}
      </Text>
      {site.verdict !== null && <Text size="sm">{readable(site.verdict)}</Text>}
    </Paper>
  );
}

function Contacts({ contacts }: { readonly contacts: readonly Contact[] }): ReactElement {
  return (
    <Section title="Contacts" count={contacts.length} flush>
      {contacts.length === 0 ? (
        <EmptyState title="Nobody to write to" icon={IconUsers}>
          Add contacts to the spreadsheet and import it again.
        </EmptyState>
      ) : (
        <Table.ScrollContainer minWidth={600}>
          <Table verticalSpacing="xs" horizontalSpacing="md">
            <Table.Tbody>
              {contacts.map((contact) => (
                <Table.Tr key={contact.id}>
                  <Table.Td>
                    <Text size="sm" fw={550}>
                      {contact.name}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {contact.email}
                    </Text>
                  </Table.Td>
                  <Table.Td>{contact.roles.map(readable).join(', ')}</Table.Td>
                  <Table.Td>{contact.locale === 'fr' ? 'French' : 'English'}</Table.Td>
                  <Table.Td>
                    {contact.unreachableReason === null ? (
                      'Reachable'
                    ) : (
                      <Text size="sm" c="signal">
                        Unreachable: {contact.unreachableReason}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  );
}

function Rollouts({ client }: { readonly client: Client }): ReactElement {
  return (
    <Section title="Rollouts" count={client.rollouts.length} flush>
      {client.rollouts.length === 0 ? (
        <EmptyState title="In no rollout so far" icon={IconRoute} />
      ) : (
        <Table verticalSpacing="xs" horizontalSpacing="md">
          <Table.Tbody>
            {client.rollouts.map((rollout) => (
              <Table.Tr key={rollout.rolloutId}>
                <Table.Td>
                  <Anchor
                    component={Link}
                    to={`/rollouts/${rollout.rolloutId}?client=${encodeURIComponent(client.key)}`}
                    size="sm"
                    fw={550}
                  >
                    {rollout.name}
                  </Anchor>
                </Table.Td>
                <Table.Td>
                  <StateBadge look={clientStates[rollout.state]} />
                </Table.Td>
                <Table.Td>
                  {rollout.slotStart !== null && (
                    <Moment at={rollout.slotStart} zone={client.zone} />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}
