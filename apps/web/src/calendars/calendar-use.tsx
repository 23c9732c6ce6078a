import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import { clientsQuestion, policiesQuestion } from '../api/queries.ts';
import type { CalendarDetail, Policy } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { useRights } from '../layout/me.ts';
import { Ago } from '../parts/moment.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { Section } from '../parts/section.tsx';
import { keepPolicyTo } from '../settings/policy-calendar.ts';
import { actorOf, sentence } from '../words/terms.ts';

/** Who keeps to the calendar, and every revision it had. */
export function CalendarUse({ calendar }: { readonly calendar: CalendarDetail }): ReactElement {
  const { manages } = useRights();
  return (
    <Stack gap="lg">
      <Section title="Used by" count={calendar.usedBy.length}>
        <Stack gap="sm">
          {calendar.usedBy.length === 0 && (
            <Text size="sm" c="dimmed">
              Nobody yet. It decides nothing until the vendor, a policy or a client keeps to it.
            </Text>
          )}
          {calendar.usedBy.map((user) => (
            <Text key={user} size="sm">
              {sentence(user)}
            </Text>
          ))}
          {manages && <UseFor name={calendar.name} />}
        </Stack>
      </Section>
      <Section title="Revisions" count={calendar.revisions.length}>
        <Stack gap={6}>
          {calendar.revisions.slice(0, 8).map(({ revision, savedBy, savedAt }) => (
            <Text key={revision} size="sm">
              Revision {revision}{' '}
              <Text span size="sm" c="dimmed">
                by {actorOf(savedBy)}, <Ago at={savedAt} />
              </Text>
            </Text>
          ))}
        </Stack>
      </Section>
    </Stack>
  );
}

/** Makes the vendor, a policy or a client keep to the calendar from now on. */
function UseFor({ name }: { readonly name: string }): ReactElement {
  const { administers } = useRights();
  const clients = useQuery(clientsQuestion({})).data?.items ?? [];
  const policies = useQuery(policiesQuestion).data ?? [];
  const [user, setUser] = useState<string | null>(null);
  const use = useAct((chosen: string) => keepTo(chosen, name, policies), {
    said: () => `${name} is in use`,
    then: () => {
      setUser(null);
    },
  });
  const data = [
    {
      group: 'Vendor',
      items: administers ? [{ value: 'vendor', label: 'The vendor: every client' }] : [],
    },
    {
      group: 'Policies',
      items: administers
        ? policies.map((each) => ({ value: `policy ${each.name}`, label: each.title }))
        : [],
    },
    {
      group: 'Clients',
      items: clients.map((client) => ({ value: `client ${client.key}`, label: client.name })),
    },
  ];
  return (
    <>
      <Group align="flex-end" gap="xs">
        <Select
          label="Use it also for"
          placeholder="Choose"
          searchable
          data={data}
          value={user}
          onChange={setUser}
          flex={1}
        />
        <Button
          disabled={user === null}
          loading={use.isPending}
          onClick={() => {
            if (user !== null) use.mutate(user);
          }}
        >
          Use
        </Button>
      </Group>
      {use.isError && <ProblemAlert error={use.error} />}
    </>
  );
}

function keepTo(user: string, calendar: string, policies: readonly Policy[]): Promise<unknown> {
  const policy = policies.find(({ name }) => user === `policy ${name}`);
  if (policy !== undefined) return keepPolicyTo(calendar, policy);
  if (user === 'vendor') return take(api.PUT('/v1/vendor/calendar', { body: { calendar } }));
  const params = { path: { key: user.slice('client '.length) } };
  return take(api.PUT('/v1/clients/{key}/calendar', { params, body: { calendar } }));
}
