import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { todayIn } from '../agreements/coming-days.ts';
import type { Cadence } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { dayBefore } from '../calendars/document/patterns.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { asCadence, daysOf, selectorOf } from './cadence-document.ts';
import { DateList } from './next-dates.tsx';
import { saveCadence } from './save-cadence.ts';

interface EndCadenceDialogProps {
  readonly cadence: Cadence;
  readonly onClose: () => void;
}

/** Ends a cadence from today on, after the dates were seen that fall away. */
export function EndCadenceDialog({ cadence, onClose }: EndCadenceDialogProps): ReactElement {
  const { name, title, nextDates, revision } = cadence;
  const end = useAct(
    () => {
      const before = asCadence(cadence.document);
      const lastDay = dayBefore(todayIn(before.zone));
      const document = { ...before, on: selectorOf({ ...daysOf(before.on), lastDay }) };
      return saveCadence({ name, document, seenRevision: revision });
    },
    { said: () => `${title} is ended`, then: onClose },
  );
  return (
    <Modal opened onClose={onClose} title={`End ${title}`} size="md">
      <Stack>
        <Text size="sm">No rollout is proposed any more for:</Text>
        <DateList dates={nextDates} />
        <Text size="sm" c="dimmed">
          Rollouts that were started stay as they are. To take it up again, change it and empty its
          last day.
        </Text>
        {end.isError && <ProblemAlert error={end.error} />}
        <Group justify="flex-end">
          <Button data-autofocus variant="default" onClick={onClose}>
            Keep it
          </Button>
          <Button
            color="signal"
            loading={end.isPending}
            onClick={() => {
              end.mutate(undefined);
            }}
          >
            End it now
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
