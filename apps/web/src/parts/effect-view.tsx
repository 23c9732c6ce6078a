import { Alert, List, Stack, Table, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Effect } from '../api/types.ts';
import { shortLocal } from '../words/dates.ts';
import { ProblemPlaces } from './problem-places.tsx';

interface EffectViewProps {
  readonly effect: Effect;
  /** What happens when it is done; without it, what saving does. */
  readonly children?: ReactNode;
}

/** Whom something not done yet would move, from when to when and why, and who would have no date. */
export function EffectView({ effect, children = onSave }: EffectViewProps): ReactElement {
  if (!effect.valid) return <ProblemPlaces problems={effect.problems} />;
  const touched = effect.rollouts.filter(
    ({ moves, unplaced }) => moves.length + unplaced.length > 0,
  );
  return (
    <Stack>
      <Alert
        color={touched.length === 0 ? 'harbour' : 'amber'}
        title={effect.summary}
        role="status"
      >
        <Text size="sm">{children}</Text>
      </Alert>
      {touched.map((rollout) => (
        <div key={rollout.rolloutId}>
          <Text fw={650} size="sm">
            {rollout.rolloutName}
          </Text>
          {rollout.moves.length > 0 && <Moves moves={rollout.moves} />}
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
      ))}
    </Stack>
  );
}

const onSave =
  'It holds as soon as it is saved. A date that it closes is not used, and moves only when somebody plans the rollout again.';

type Move = Effect['rollouts'][number]['moves'][number];

function Moves({ moves }: { readonly moves: readonly Move[] }): ReactElement {
  return (
    <Table.ScrollContainer minWidth={600} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
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
          {moves.map((move) => (
            <Table.Tr key={move.key}>
              <Table.Td>{move.name}</Table.Td>
              <Table.Td>{move.fromLocal === null ? 'None' : shortLocal(move.fromLocal)}</Table.Td>
              <Table.Td>{shortLocal(move.toLocal)}</Table.Td>
              <Table.Td>{move.reason}</Table.Td>
              <Table.Td>{move.toldAgain ? 'Yes' : 'No'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
