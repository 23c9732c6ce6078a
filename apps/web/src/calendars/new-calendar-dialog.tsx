import { Button, Group, Modal, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement, type SubmitEvent } from 'react';
import { useNavigate } from 'react-router';
import { api, take } from '../api/client.ts';
import { clientsQuestion } from '../api/queries.ts';
import { useAct } from '../api/use-act.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { templates } from './document/templates.ts';

interface NewCalendarDialogProps {
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** A new calendar begins with a template; it counts for nobody until it is put to use. */
export function NewCalendarDialog({ taken, onClose }: NewCalendarDialogProps): ReactElement {
  const navigate = useNavigate();
  const clients = useQuery(clientsQuestion({})).data?.items ?? [];
  const [name, setName] = useState('');
  const [zone, setZone] = useState('client');
  const [chosen, setChosen] = useState('weekday-evenings');
  const create = useAct(
    () => {
      const template = templates.find((each) => each.key === chosen);
      const document = { calendar: name, zone, ...template?.document };
      const body = { document, seenRevision: 0 };
      return take(api.PUT('/v1/calendars/{name}', { params: { path: { name } }, body }));
    },
    { then: (saved) => void navigate(`/calendars/${encodeURIComponent(saved.name)}`) },
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    create.mutate(undefined);
  };
  const isTaken = taken.includes(name);
  return (
    <Modal opened onClose={onClose} title="New calendar" size="lg">
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            required
            label="Name"
            placeholder="release-evenings"
            value={name}
            error={isTaken ? 'There is a calendar of this name' : undefined}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <Select
            label="Its hours are meant"
            searchable
            allowDeselect={false}
            data={[
              { value: 'client', label: 'in each client’s own time' },
              ...[...new Set(clients.map((client) => client.zone))]
                .toSorted()
                .map((each) => ({ value: each, label: `in ${each}` })),
            ]}
            value={zone}
            onChange={(value) => {
              setZone(value ?? 'client');
            }}
          />
          <Radio.Group label="Begin with" value={chosen} onChange={setChosen}>
            <Stack gap="sm" mt="xs">
              {templates.map(({ key, title, about }) => (
                <Radio key={key} value={key} label={title} description={about} />
              ))}
            </Stack>
          </Radio.Group>
          {create.isError && <ProblemAlert error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name === '' || isTaken}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
