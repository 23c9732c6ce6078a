import { Anchor, Button, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { changesQuestion } from '../api/queries.ts';
import type { Change } from '../api/types.ts';
import { IconPackage, IconPlus } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { StateBadge } from '../parts/state-badge.tsx';
import { readable } from '../words/terms.ts';
import { buildLook } from './build-look.ts';
import { NewChangeDialog } from './new-change-dialog.tsx';

/** Every hotfix and release, its builds and how far it has come. */
export function ChangesPage(): ReactElement {
  const changes = useQuery(changesQuestion);
  const { manages } = useRights();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title="Changes"
      actions={
        manages && (
          <Button
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              setAdding(true);
            }}
          >
            New change
          </Button>
        )
      }
    >
      <Section title="Changes" count={changes.data?.length} flush>
        <QueryPanel
          query={changes}
          isEmpty={(all) => all.length === 0}
          empty={
            <EmptyState title="No change yet" icon={IconPackage}>
              Create a hotfix or a release, then let the build server announce its builds.
            </EmptyState>
          }
        >
          {(all) => <ChangeTable changes={all} />}
        </QueryPanel>
      </Section>
      {adding && (
        <NewChangeDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}

function ChangeTable({ changes }: { readonly changes: readonly Change[] }): ReactElement {
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing="xs" horizontalSpacing="md" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Change</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th>Newest build</Table.Th>
            <Table.Th>Impact</Table.Th>
            <Table.Th>On it or later</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <Table.Tr key={change.id}>
              <Table.Td>
                <Anchor
                  component={Link}
                  to={`/changes/${encodeURIComponent(change.version)}`}
                  size="sm"
                  fw={600}
                >
                  {change.version}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {change.title}
                </Text>
              </Table.Td>
              <Table.Td>
                {readable(change.kind)}
                {change.critical && ', critical'}
              </Table.Td>
              <Table.Td>
                {change.builds[0] === undefined ? (
                  'None yet'
                ) : (
                  <StateBadge
                    look={buildLook(change.builds[0])}
                    words={`${change.builds[0].version}: ${buildLook(change.builds[0]).words.toLowerCase()}`}
                  />
                )}
              </Table.Td>
              <Table.Td>
                {change.assessment === null ? 'Not assessed' : readable(change.assessment.impact)}
              </Table.Td>
              <Table.Td>
                {change.reach.onItOrLater} of {change.reach.clients}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
