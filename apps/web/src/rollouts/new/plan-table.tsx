import { Table, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Plan, PlanRow } from '../../api/types.ts';
import { Moment, readAt } from '../../parts/moment.tsx';
import { Section } from '../../parts/section.tsx';
import { consentWords, noAnswerWords } from '../../words/terms.ts';

/** What is planned for each client; what could not be placed or differs comes first. */
export function PlanTable({ plan }: { readonly plan: Plan }): ReactElement {
  const rows = plan.clients.toSorted((one, other) => weightOf(one) - weightOf(other));
  return (
    <Section title="Clients" count={rows.length} flush>
      <Table.ScrollContainer minWidth={960} mah={640}>
        <Table verticalSpacing="xs" horizontalSpacing="md" stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Client</Table.Th>
              <Table.Th>Cohort</Table.Th>
              <Table.Th>Slot</Table.Th>
              <Table.Th>Preview</Table.Th>
              <Table.Th>Asked</Table.Th>
              <Table.Th>Told</Table.Th>
              <Table.Th>What differs</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.key}>
                <Table.Td>
                  <Text size="sm" fw={550}>
                    {row.name}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {row.key}
                  </Text>
                </Table.Td>
                <Table.Td>{row.cohort}</Table.Td>
                <Table.Td>
                  {row.slotStart === null ? (
                    'Not placed'
                  ) : (
                    <Moment at={row.slotStart} zone={row.zone} />
                  )}
                </Table.Td>
                <Table.Td>{row.previewAt !== null && <Moment at={row.previewAt} />}</Table.Td>
                <Table.Td>
                  <Asked row={row} />
                </Table.Td>
                <Table.Td>{row.noticeAt !== null && <Moment at={row.noticeAt} />}</Table.Td>
                <Table.Td>
                  <Text size="sm">{row.reasons.join('; ')}</Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Asked({ row }: { readonly row: PlanRow }): ReactElement {
  return (
    <>
      <Text size="sm">{consentWords[row.consent]}</Text>
      {row.consent !== 'inform' && (
        <Text size="xs" c="dimmed">
          no answer: {noAnswerWords[row.noAnswerRule]}
        </Text>
      )}
      {row.answerBy !== null && (
        <Text size="xs" c="dimmed">
          by {readAt(row.answerBy)}
        </Text>
      )}
    </>
  );
}

function weightOf({ placed, reasons }: PlanRow): number {
  if (!placed) return 0;
  return reasons.length > 0 ? 1 : 2;
}
