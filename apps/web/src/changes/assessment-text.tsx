import { Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Assessment } from '../api/types.ts';
import { Ago } from '../parts/moment.tsx';
import { actorOf, countOf } from '../words/terms.ts';

const impactWords = {
  transparent: 'Nobody will notice it',
  visible: 'People will see it',
  'action needed': 'Clients must do something',
} as const satisfies Record<Assessment['impact'], string>;

/** What a change means for clients, as it was judged. */
export function AssessmentText({
  assessment,
}: {
  readonly assessment: Assessment | null;
}): ReactElement {
  if (assessment === null) {
    return (
      <Text size="sm" c="dimmed">
        Not assessed yet. The assessment decides how clients are asked and what they are told.
      </Text>
    );
  }
  return (
    <Stack gap={4}>
      <Text fw={600}>{impactWords[assessment.impact]}</Text>
      <Text size="sm">
        {assessment.downtimeMinutes === null
          ? 'No downtime stated'
          : `${countOf(assessment.downtimeMinutes, 'minute')} of downtime`}
        {assessment.reversible ? ', can be taken back' : ', cannot be taken back'}
      </Text>
      {assessment.clientAction !== null && (
        <Text size="sm">To do for the client: {assessment.clientAction}</Text>
      )}
      {assessment.reportedBy.length > 0 && (
        <Text size="sm">Reported by {assessment.reportedBy.join(', ')}</Text>
      )}
      {assessment.note !== null && <Text size="sm">{assessment.note}</Text>}
      <Text size="xs" c="dimmed">
        {actorOf(assessment.assessedBy)}, <Ago at={assessment.assessedAt} />
      </Text>
    </Stack>
  );
}
