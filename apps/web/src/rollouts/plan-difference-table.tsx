import { Button, Table, Text } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { PlanDifference } from '../api/types.ts';
import { Moment } from '../parts/moment.tsx';
import { countOf } from '../words/terms.ts';

const rowsAtOnce = 100;

/** Which dates move, why, and who is told again: those first, for they will notice. */
export function PlanDifferenceTable({
  difference,
}: {
  readonly difference: PlanDifference;
}): ReactElement {
  const [shown, setShown] = useState(rowsAtOnce);
  const moves = difference.moves.toSorted(
    (one, other) => Number(other.toldAgain) - Number(one.toldAgain),
  );
  const told = moves.filter(({ toldAgain }) => toldAgain).length;
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
            {moves.slice(0, shown).map((move) => (
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
      {moves.length > shown && (
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            setShown(shown + rowsAtOnce);
          }}
        >
          Show more of {countOf(moves.length, 'client')}
        </Button>
      )}
      <Text size="sm" c="dimmed">
        {told > 0 && `${countOf(told, 'client')} would be told again. `}
        {countOf(difference.same, 'client')} {difference.same === 1 ? 'keeps its' : 'keep their'}{' '}
        date.
      </Text>
    </>
  );
}
