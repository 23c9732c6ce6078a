import {
  Button,
  Divider,
  Group,
  Modal,
  Paper,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement, type SubmitEvent } from 'react';
import { todayIn } from '../agreements/coming-days.ts';
import { clientsQuestion } from '../api/queries.ts';
import type { Cadence } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { asCadence } from './cadence-document.ts';
import { CadenceDayFields } from './cadence-fields.tsx';
import { type CadenceWish, documentOf, emptyWish, missingIn, wishOf } from './cadence-wish.ts';
import { NextDates } from './next-dates.tsx';
import { RolloutFields } from './rollout-fields.tsx';
import { saveCadence } from './save-cadence.ts';

interface CadenceDialogProps {
  /** The one to change; null = a new one. */
  readonly cadence: Cadence | null;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

/** The days on which rollouts are due and what they are like; its next dates are seen before it is saved. */
export function CadenceDialog({ cadence, taken, onClose }: CadenceDialogProps): ReactElement {
  const [wish, setWish] = useState(() => startOf(cadence));
  const change = (part: Partial<CadenceWish>): void => {
    setWish((before) => ({ ...before, ...part }));
  };
  const document = documentOf(wish);
  const missing = missingIn(wish, cadence === null ? taken : []);
  const save = useAct(saveCadence, {
    said: ({ title }) => `${title} is saved`,
    then: onClose,
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (document === null || missing !== null) return;
    save.mutate({ name: wish.name.trim(), document, seenRevision: cadence?.revision ?? 0 });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={cadence === null ? 'New cadence' : `Change ${cadence.title}`}
      size="lg"
    >
      <form onSubmit={submit}>
        <Stack>
          <NameFields wish={wish} isNew={cadence === null} onChange={change} />
          <CadenceDayFields wish={wish} onChange={change} />
          {document !== null && (
            <Paper withBorder p="sm" aria-live="polite">
              <Text size="sm" fw={600} mb={4}>
                Next dates
              </Text>
              <NextDates zone={document.zone} on={document.on} />
            </Paper>
          )}
          <Divider label="The rollout it proposes" labelPosition="left" />
          <RolloutFields wish={wish} onChange={change} />
          {save.isError && <ProblemAlert error={save.error} />}
          <Group justify="space-between">
            <Text size="xs" c="dimmed" aria-live="polite">
              {missing ?? 'It proposes plans. Nothing starts by itself.'}
            </Text>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={save.isPending} disabled={missing !== null}>
                Save
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface NameFieldsProps {
  readonly wish: CadenceWish;
  readonly isNew: boolean;
  readonly onChange: (part: Partial<CadenceWish>) => void;
}

function NameFields({ wish, isNew, onChange }: NameFieldsProps): ReactElement {
  const clients = useQuery(clientsQuestion({})).data?.items ?? [];
  const zones = new Set([wish.zone, viewerZone, ...clients.map(({ zone }) => zone)]);
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: isNew ? 2 : 1 }}>
        {isNew && (
          <TextInput
            data-autofocus
            required
            label="Name"
            placeholder="monthly-release"
            value={wish.name}
            onChange={(event) => {
              onChange({ name: event.currentTarget.value });
            }}
          />
        )}
        <TextInput
          required
          label="Title"
          placeholder="Monthly release"
          value={wish.title}
          onChange={(event) => {
            onChange({ title: event.currentTarget.value });
          }}
        />
      </SimpleGrid>
      <Select
        label="Dates as they are in"
        searchable
        allowDeselect={false}
        data={[...zones].toSorted()}
        value={wish.zone}
        onChange={(zone) => {
          onChange({ zone: zone ?? wish.zone });
        }}
      />
    </>
  );
}

function startOf(cadence: Cadence | null): CadenceWish {
  if (cadence === null) return emptyWish(viewerZone, todayIn(viewerZone));
  const document = asCadence(cadence.document);
  return wishOf(cadence.name, document, todayIn(document.zone));
}

const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
