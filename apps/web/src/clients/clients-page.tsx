import { Anchor, Badge, Button, Group, Table, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { clientsQuestion } from '../api/queries.ts';
import type { ClientSummary } from '../api/types.ts';
import { IconAlertTriangle, IconDownload, IconSearch, IconUpload, IconUsers } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Moment, placeOf } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { useFilters } from '../parts/use-filter.ts';
import { clientStates } from '../words/states.ts';
import { ImportDialog } from './import-dialog.tsx';

/** Every client, what runs there, and what is coming. */
export function ClientsPage(): ReactElement {
  const [params, setFilters] = useFilters();
  const [importing, setImporting] = useState(false);
  const { manages } = useRights();
  const search = params.get('search') ?? '';
  const tag = params.get('tag');
  const clients = useQuery({
    ...clientsQuestion({ ...(search === '' ? {} : { search }), ...(tag === null ? {} : { tag }) }),
    placeholderData: (before) => before,
  });
  return (
    <Page
      title="Clients"
      actions={
        <>
          <Button
            component="a"
            href="/v1/clients/export"
            variant="default"
            leftSection={<IconDownload size={16} />}
          >
            Export
          </Button>
          {manages && (
            <Button
              leftSection={<IconUpload size={16} />}
              onClick={() => {
                setImporting(true);
              }}
            >
              Import
            </Button>
          )}
        </>
      }
    >
      <Section
        title="Clients"
        count={clients.data?.items.length}
        flush
        actions={
          <Group gap="xs">
            {tag !== null && (
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => {
                  setFilters({ tag: null });
                }}
              >
                Tag {tag}: show all
              </Button>
            )}
            <TextInput
              size="xs"
              aria-label="Find a client"
              placeholder="Name, key or address"
              leftSection={<IconSearch size={14} />}
              value={search}
              onChange={(event) => {
                setFilters({ search: event.currentTarget.value });
              }}
            />
          </Group>
        }
      >
        <QueryPanel
          query={clients}
          rows={10}
          isEmpty={({ items }) => items.length === 0}
          empty={
            <EmptyState
              title={search === '' ? 'No clients yet' : 'No client fits'}
              icon={IconUsers}
            >
              Import the spreadsheet you have; the difference is shown before anything is written.
            </EmptyState>
          }
        >
          {({ items }) => <ClientList clients={items} />}
        </QueryPanel>
      </Section>
      {importing && (
        <ImportDialog
          onClose={() => {
            setImporting(false);
          }}
        />
      )}
    </Page>
  );
}

function ClientList({ clients }: { readonly clients: readonly ClientSummary[] }): ReactElement {
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table verticalSpacing="xs" horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Client</Table.Th>
            <Table.Th>Place</Table.Th>
            <Table.Th>Preview</Table.Th>
            <Table.Th>Production</Table.Th>
            <Table.Th>Contacts</Table.Th>
            <Table.Th>Coming</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {clients.map((client) => (
            <ClientLine key={client.key} client={client} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ClientLine({ client }: { readonly client: ClientSummary }): ReactElement {
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor
          component={Link}
          to={`/clients/${encodeURIComponent(client.key)}`}
          size="sm"
          fw={600}
        >
          {client.name}
        </Anchor>
        <Group gap={4}>
          <Text size="xs" c="dimmed">
            {client.key}
          </Text>
          {client.tags.map((tag) => (
            <Badge key={tag} size="xs" variant="default" tt="none">
              {tag}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{placeOf(client.zone)}</Text>
      </Table.Td>
      <Table.Td>{client.preview?.version ?? '–'}</Table.Td>
      <Table.Td>{client.production?.version ?? '–'}</Table.Td>
      <Table.Td>
        <Text size="sm">
          {client.contacts} ({client.approvers} may approve)
        </Text>
        {client.unreachable > 0 && (
          <Text size="xs" c="signal">
            <IconAlertTriangle size={12} aria-hidden /> {client.unreachable} unreachable
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {client.coming === null ? (
          <Text size="sm" c="dimmed">
            Nothing
          </Text>
        ) : (
          <Group gap="xs">
            <StateBadge look={clientStates[client.coming.state]} />
            {client.coming.slotStart !== null && <Moment at={client.coming.slotStart} />}
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
