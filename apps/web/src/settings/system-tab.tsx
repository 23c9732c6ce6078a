import { Code, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { doctorQuestion } from '../api/queries.ts';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';

/** How the installation is set up and whether its parts answer. */
export function SystemTab(): ReactElement {
  const doctor = useQuery(doctorQuestion);
  return (
    <QueryPanel query={doctor}>
      {({ temporal, schema, zoneData, wakesOwed, durability, settings }) => (
        <Stack>
          <Section title="Health">
            <Stack gap={4}>
              <Text size="sm">
                Workflow engine at {temporal.address}:{' '}
                {temporal.reachable ? 'reachable' : 'not reachable'}. {temporal.detail}
              </Text>
              <Text size="sm">
                Database schema {schema}, zone data {zoneData}.
              </Text>
              <Text size="sm">Wakes still to be delivered: {wakesOwed}.</Text>
              <Text size="sm">
                Durability: fsync {durability.fsync}, synchronous commit{' '}
                {durability.synchronousCommit}.
              </Text>
            </Stack>
          </Section>
          <Section title="Settings of the environment" count={settings.length} flush>
            <Table.ScrollContainer minWidth={640}>
              <Table horizontalSpacing="md">
                <Table.Tbody>
                  {settings.map(({ name, meaning, value }) => (
                    <Table.Tr key={name}>
                      <Table.Td>
                        <Code>{name}</Code>
                      </Table.Td>
                      <Table.Td>{value ?? 'not set'}</Table.Td>
                      <Table.Td>
                        <Text size="sm" c="dimmed">
                          {meaning}
                        </Text>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          </Section>
        </Stack>
      )}
    </QueryPanel>
  );
}
