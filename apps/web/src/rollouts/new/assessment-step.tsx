import { SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { changeQuestion } from '../../api/queries.ts';
import { AssessmentForm } from '../../changes/assessment-form.tsx';
import { AssessmentText } from '../../changes/assessment-text.tsx';
import { BuildList } from '../../changes/build-list.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { Section } from '../../parts/section.tsx';

/** What the change means for clients; it decides how they are asked. */
export function AssessmentStep({ change }: { readonly change: string }): ReactElement {
  const query = useQuery(changeQuestion(change));
  return (
    <QueryPanel query={query} rows={6}>
      {(data) => (
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
          <Section title={data.assessment === null ? 'Assess it' : 'Assess it again'}>
            <AssessmentForm
              key={data.assessment?.assessedAt ?? 'new'}
              change={data}
              onDone={() => void query.refetch()}
            />
          </Section>
          <Stack>
            <Section title="As it stands">
              <AssessmentText assessment={data.assessment} />
            </Section>
            <Section title="Builds" flush>
              <BuildList builds={data.builds.slice(0, 2)} />
            </Section>
          </Stack>
        </SimpleGrid>
      )}
    </QueryPanel>
  );
}
