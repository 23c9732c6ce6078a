import { Accordion, Anchor, Button, Code, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { stringify } from 'yaml';
import { policiesQuestion } from '../api/queries.ts';
import type { Policy } from '../api/types.ts';
import { useRights } from '../layout/me.ts';
import { Ago } from '../parts/moment.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { actorOf } from '../words/terms.ts';
import { calendarOf } from './policy-calendar.ts';
import { PolicyCalendarDialog } from './policy-calendar-dialog.tsx';

/** How rollouts ask, tell and stage, to be read, and on which calendar's days they go. */
export function PoliciesTab(): ReactElement {
  const policies = useQuery(policiesQuestion);
  const [changing, setChanging] = useState<Policy | null>(null);
  return (
    <Section title="Policies" count={policies.data?.length} flush>
      <QueryPanel query={policies}>
        {(all) => (
          <Accordion chevronPosition="left">
            {all.map((policy) => (
              <PolicyItem key={policy.name} policy={policy} onChange={setChanging} />
            ))}
          </Accordion>
        )}
      </QueryPanel>
      {changing !== null && (
        <PolicyCalendarDialog
          policy={changing}
          onClose={() => {
            setChanging(null);
          }}
        />
      )}
    </Section>
  );
}

interface PolicyItemProps {
  readonly policy: Policy;
  readonly onChange: (policy: Policy) => void;
}

function PolicyItem({ policy, onChange }: PolicyItemProps): ReactElement {
  const { name, title, revision, document, savedBy, savedAt } = policy;
  return (
    <Accordion.Item value={name}>
      <Accordion.Control>
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Text size="xs" c="dimmed">
          {name} · revision {revision} by {actorOf(savedBy)}, <Ago at={savedAt} />
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="sm">
          <PolicyDays policy={policy} onChange={onChange} />
          <Code block>{stringify(document)}</Code>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function PolicyDays({ policy, onChange }: PolicyItemProps): ReactElement {
  const { administers } = useRights();
  const calendar = calendarOf(policy);
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm">
        On the days of{' '}
        {calendar === null ? (
          'no calendar of its own'
        ) : (
          <Anchor
            component={Link}
            to={`/calendars/${encodeURIComponent(calendar)}`}
            size="sm"
            underline="always"
          >
            {calendar}
          </Anchor>
        )}
      </Text>
      {administers ? (
        <Button
          size="xs"
          variant="default"
          aria-label={`Use another calendar for ${policy.title}`}
          onClick={() => {
            onChange(policy);
          }}
        >
          Use another calendar
        </Button>
      ) : (
        <Text size="xs" c="dimmed">
          An administrator can choose another calendar; a project manager can change this one.
        </Text>
      )}
    </Group>
  );
}
