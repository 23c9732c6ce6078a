import { Alert, List, Stack, Table, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Effect } from '../api/types.ts';
import { ProblemPlaces } from '../parts/problem-places.tsx';
import { shortLocal } from '../words/dates.ts';

/** Which dates of the client an agreement would move, who is told again, and where no date would be left. */
export function AgreementEffect({ effect }: { readonly effect: Effect }): ReactElement {
  if (!effect.valid) return <ProblemPlaces problems={effect.problems} />;
  const touched = effect.rollouts.filter(
    ({ moves, unplaced }) => moves.length + unplaced.length > 0,
  );
  return (
    <Stack>
      <Alert
        color={touched.length === 0 ? 'teal' : 'amber'}
        title={touched.length === 0 ? 'No planned date moves' : effect.summary}
        role="status"
      >
        <Text size="sm">
          The agreement holds as soon as it is saved. A date that it closes is not used, and moves
          when the rollout is planned again.
        </Text>
      </Alert>
      {touched.map((rollout) => (
        <RolloutEffect key={rollout.rolloutId} rollout={rollout} />
      ))}
    </Stack>
  );
}

type Rollout = Effect['rollouts'][number];

function RolloutEffect({ rollout }: { readonly rollout: Rollout }): ReactElement {
  return (
    <div>
      <Text fw={650} size="sm">
        {rollout.rolloutName}
      </Text>
      {rollout.moves.length > 0 && (
        <Table.ScrollContainer minWidth={560}>
          <Table verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Client</Table.Th>
                <Table.Th>Date so far</Table.Th>
                <Table.Th>New date</Table.Th>
                <Table.Th>Why</Table.Th>
                <Table.Th>Told again</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rollout.moves.map((move) => (
                <Table.Tr key={move.key}>
                  <Table.Td>{move.name}</Table.Td>
                  <Table.Td>
                    {move.fromLocal === null ? 'None' : shortLocal(move.fromLocal)}
                  </Table.Td>
                  <Table.Td>{shortLocal(move.toLocal)}</Table.Td>
                  <Table.Td>{move.reason}</Table.Td>
                  <Table.Td>{move.toldAgain ? 'Yes' : 'No'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {rollout.unplaced.length > 0 && (
        <List size="sm" mt="xs">
          {rollout.unplaced.map(({ key, name, reasons, relaxation }) => (
            <List.Item key={key}>
              <strong>{name}</strong> would have no date: {reasons.join('; ')}
              {relaxation !== null && (
                <Text size="sm" c="dimmed">
                  What would help: {relaxation}
                </Text>
              )}
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
