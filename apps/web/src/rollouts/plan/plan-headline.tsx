import { Group, Paper, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import type { Plan } from '../../api/types.ts';
import { readAt } from '../../parts/moment.tsx';
import { countOf } from '../../words/terms.ts';

interface PlanHeadlineProps {
  readonly plan: Plan;
  readonly actions?: ReactNode;
}

/** The plan in one sentence, its cohorts, and its first and last day. */
export function PlanHeadline({ plan, actions }: PlanHeadlineProps): ReactElement {
  const starts = plan.clients.flatMap(({ slotStart }) => slotStart ?? []).toSorted();
  const [first, last] = [starts[0], starts.at(-1)];
  return (
    <Paper withBorder p="md" radius="lg">
      <Group justify="space-between" align="flex-start">
        <div>
          <Text fw={650}>{plan.summary}</Text>
          <Text size="sm" c="dimmed">
            {plan.cohorts
              .map(({ name, clients }) => `${name}: ${countOf(clients, 'client')}`)
              .join(' · ')}
            {first !== undefined && last !== undefined && (
              <>
                {' '}
                · from {readAt(first)} to {readAt(last)}
              </>
            )}
          </Text>
        </div>
        {actions}
      </Group>
    </Paper>
  );
}
