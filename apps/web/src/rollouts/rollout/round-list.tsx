import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Round } from '../../api/types.ts';
import { IconMessageQuestion } from '../../icons.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Ago, readAt } from '../../parts/moment.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { roundStates } from '../../words/states.ts';
import { consentWords } from '../../words/terms.ts';

/** Each time the client was asked, and what came back. */
export function RoundList({ rounds }: { readonly rounds: readonly Round[] }): ReactElement {
  if (rounds.length === 0) return <EmptyState title="Not asked yet" icon={IconMessageQuestion} />;
  return (
    <Stack gap="xs">
      {rounds.map((round) => (
        <Paper withBorder p="sm" key={round.id}>
          <Group justify="space-between">
            <Text size="sm" fw={600}>
              Round {round.number}: build {round.build}
            </Text>
            <StateBadge look={roundStates[round.state]} />
          </Group>
          <Text size="xs" c="dimmed">
            {consentWords[round.consent]} · opened <Ago at={round.openedAt} />
            {round.deadline !== null && ` · answer by ${readAt(round.deadline)}`}
          </Text>
          {round.decidedAt !== null && (
            <Text size="sm" mt={4}>
              {round.decidedName ?? 'By rule'}
              {round.decidedWay === 'phone' && ' by phone'}, <Ago at={round.decidedAt} />
              {round.comment !== null && `: “${round.comment}”`}
            </Text>
          )}
        </Paper>
      ))}
    </Stack>
  );
}
