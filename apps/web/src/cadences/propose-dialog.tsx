import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { changesQuestion } from '../api/queries.ts';
import type { Cadence } from '../api/types.ts';
import { longDate } from '../words/dates.ts';

interface ProposeDialogProps {
  readonly cadence: Cadence;
  readonly onClose: () => void;
}

/** Chooses what goes out with the next rollout of a cadence; the plan itself is made where it can be started. */
export function ProposeDialog({ cadence, onClose }: ProposeDialogProps): ReactElement {
  const navigate = useNavigate();
  const changes = useQuery(changesQuestion).data ?? [];
  const [change, setChange] = useState<string | null>(null);
  const { name, title, nextDates } = cadence;
  const date = nextDates[0];
  return (
    <Modal opened onClose={onClose} title={`Next rollout of ${title}`} size="md">
      <Stack>
        {date !== undefined && <Text size="sm">Due on {longDate(date)}.</Text>}
        <Select
          data-autofocus
          label="Which change goes out"
          placeholder="Choose"
          searchable
          nothingFoundMessage="No change yet: create one under Changes."
          data={changes.map((each) => ({
            value: each.version,
            label: `${each.version}: ${each.title}`,
          }))}
          value={change}
          onChange={setChange}
        />
        <Text size="sm" c="dimmed">
          You see the plan first. Nothing starts before you start it.
        </Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={change === null}
            title={change === null ? 'Choose a change first' : undefined}
            onClick={() => {
              if (change === null) return;
              const params = new URLSearchParams({ change, cadence: name, step: '5' });
              void navigate(`/rollouts/new?${params.toString()}`);
            }}
          >
            On to the plan
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
