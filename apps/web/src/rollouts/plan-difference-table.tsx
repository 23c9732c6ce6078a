import { Table, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { PlanDifference } from '../api/types.ts';
import { Moment } from '../parts/moment.tsx';
import { countOf } from '../words/terms.ts';

/** Which dates move, why, and who is told again. */
export function PlanDifferenceTable({
  difference,
}: {
  readonly difference: PlanDifference;
}): ReactElement {
  return (
    <>
      <Table.ScrollContainer minWidth={640}>
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
            {difference.moves.map((move) => (
              <Table.Tr key={move.key}>
                <Table.Td>{move.name}</Table.Td>
                <Table.Td>{move.from === null ? 'None' : <Moment at={move.from} />}</Table.Td>
                <Table.Td>{move.to === null ? 'None found' : <Moment at={move.to} />}</Table.Td>
                <Table.Td>{move.reason}</Table.Td>
                <Table.Td>{move.toldAgain ? 'Yes' : 'No'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed">
        {countOf(difference.same, 'client')} {difference.same === 1 ? 'keeps its' : 'keep their'}{' '}
        date.
      </Text>
    </>
  );
}
