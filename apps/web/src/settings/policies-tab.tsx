import { Accordion, Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { stringify } from 'yaml';
import { policiesQuestion } from '../api/queries.ts';
import { Ago } from '../parts/moment.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { actorOf } from '../words/terms.ts';

/** How rollouts ask, tell and stage, to be read. */
export function PoliciesTab(): ReactElement {
  const policies = useQuery(policiesQuestion);
  return (
    <Section title="Policies" count={policies.data?.length} flush>
      <QueryPanel query={policies}>
        {(all) => (
          <Accordion chevronPosition="left">
            {all.map(({ name, title, revision, document, savedBy, savedAt }) => (
              <Accordion.Item key={name} value={name}>
                <Accordion.Control>
                  <Text fw={600} size="sm">
                    {title}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {name} · revision {revision} by {actorOf(savedBy)}, <Ago at={savedAt} />
                  </Text>
                </Accordion.Control>
                <Accordion.Panel>
                  <Code block>{stringify(document)}</Code>
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        )}
      </QueryPanel>
    </Section>
  );
}
