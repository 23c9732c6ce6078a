import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement, type SubmitEvent } from 'react';
import { calendarsQuestion } from '../api/queries.ts';
import type { Policy } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { calendarOf, keepPolicyTo } from './policy-calendar.ts';

interface PolicyCalendarDialogProps {
  readonly policy: Policy;
  readonly onClose: () => void;
}

/** Chooses the calendar that rollouts under a policy keep to. */
export function PolicyCalendarDialog({ policy, onClose }: PolicyCalendarDialogProps): ReactElement {
  const calendars = useQuery(calendarsQuestion).data ?? [];
  const before = calendarOf(policy);
  const [calendar, setCalendar] = useState(before);
  const save = useAct((chosen: string) => keepPolicyTo(chosen, policy), {
    said: ({ title }) => `${title} keeps to ${calendar ?? 'its calendar'}`,
    then: onClose,
  });
  const isSame = calendar === null || calendar === before;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (calendar !== null && !isSame) save.mutate(calendar);
  };
  return (
    <Modal opened onClose={onClose} title={`Calendar of “${policy.title}”`} size="md">
      <form onSubmit={submit}>
        <Stack>
          <Select
            data-autofocus
            label="Rollouts under this policy keep to"
            searchable
            allowDeselect={false}
            data={calendars.map(({ name }) => name)}
            value={calendar}
            onChange={setCalendar}
          />
          <Text size="sm" c="dimmed">
            Plans made from now on follow it. A rollout that runs keeps the policy it was started
            under, so nobody’s date moves by this.
          </Text>
          {save.isError && <ProblemAlert error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={save.isPending}
              disabled={isSame}
              title={isSame ? 'Choose another calendar first' : undefined}
            >
              Use this calendar
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
