import { Alert, Button, Table, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import { deployersQuestion } from '../api/queries.ts';
import type { Deployer } from '../api/types.ts';
import { IconServer } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { readable } from '../words/terms.ts';

const capabilityWords = {
  key: 'Knows a repeated order by its key',
  label: 'Says what it runs by a label',
  none: 'Cannot be asked again',
} as const satisfies Record<Deployer['capability'], string>;

/** Who carries builds to sites, with a harmless test call. */
export function DeployersTab(): ReactElement {
  const deployers = useQuery(deployersQuestion);
  return (
    <Section title="Deployers" count={deployers.data?.length} flush>
      <QueryPanel
        query={deployers}
        isEmpty={(all) => all.length === 0}
        empty={
          <EmptyState title="No deployer yet" icon={IconServer}>
            Name one with the API or the command line; then test it here.
          </EmptyState>
        }
      >
        {(all) => (
          <Table.ScrollContainer minWidth={640}>
            <Table verticalSpacing="sm" horizontalSpacing="md">
              <Table.Tbody>
                {all.map((deployer) => (
                  <DeployerLine key={deployer.id} deployer={deployer} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </QueryPanel>
    </Section>
  );
}

function DeployerLine({ deployer }: { readonly deployer: Deployer }): ReactElement {
  const { manages } = useRights();
  const { name } = deployer;
  const test = useMutation({
    mutationFn: () => take(api.POST('/v1/deployers/{name}/test', { params: { path: { name } } })),
  });
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {readable(deployer.kind)} {deployer.url ?? deployer.command ?? ''}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{capabilityWords[deployer.capability]}</Text>
        <Text size="xs" c="dimmed">
          At most {deployer.maxInFlight} at once
          {deployer.disabledReason !== null && ` · off: ${deployer.disabledReason}`}
        </Text>
      </Table.Td>
      <Table.Td>
        {test.isSuccess && (
          <Alert p="xs" color={test.data.passed ? 'teal' : 'signal'} role="status">
            {test.data.passed ? 'Passed. ' : 'Failed. '}
            {test.data.detail}
          </Alert>
        )}
        {test.isError && <ProblemAlert error={test.error} />}
      </Table.Td>
      <Table.Td ta="end">
        {manages && (
          <Button
            size="xs"
            variant="default"
            loading={test.isPending}
            onClick={() => {
              test.mutate();
            }}
          >
            Test call
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
