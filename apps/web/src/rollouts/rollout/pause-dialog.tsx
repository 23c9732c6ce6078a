import { Button, Checkbox, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type SubmitEvent, type ReactElement } from 'react';
import { api, take } from '../../api/client.ts';
import type { Rollout } from '../../api/types.ts';
import { useAct } from '../../api/use-act.ts';
import { Ago } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { countOf } from '../../words/terms.ts';

interface PauseDialogProps {
  readonly rollout: Rollout;
  readonly onClose: () => void;
}

/** Stops new starts at once, and says what is under way already. */
export function PauseDialog({ rollout, onClose }: PauseDialogProps): ReactElement {
  const [reason, setReason] = useState('');
  const [waits, setWaits] = useState(false);
  const pause = useAct(() => pauseRollout(rollout.id, reason.trim(), waits));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    pause.mutate(undefined);
  };
  return (
    <Modal opened onClose={onClose} title={`Stop starting: ${rollout.name}`} size="md">
      {pause.isSuccess ? (
        <Stack>
          <Text fw={600}>Nothing new starts.</Text>
          <UnderWay items={pause.data.alreadyDispatched} />
          <Group justify="flex-end">
            <Button autoFocus onClick={onClose}>
              Close
            </Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <Text size="sm">
              No further client starts, on preview or production. What is under way is followed to
              its end ({countOf(rollout.limits.inFlight, 'deployment')} now).
            </Text>
            <TextInput
              data-autofocus
              required
              label="Reason"
              value={reason}
              onChange={(event) => {
                setReason(event.currentTarget.value);
              }}
            />
            <Checkbox
              label="Wait until what was just ordered is known"
              checked={waits}
              onChange={(event) => {
                setWaits(event.currentTarget.checked);
              }}
            />
            {pause.isError && <ProblemAlert error={pause.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button
                type="submit"
                color="signal"
                loading={pause.isPending}
                disabled={reason.trim() === ''}
              >
                Stop starting
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

interface UnderWayItem {
  readonly client: string;
  readonly site: string;
  readonly since: string;
}

function UnderWay({ items }: { readonly items: readonly UnderWayItem[] }): ReactElement {
  if (items.length === 0) return <Text size="sm">Nothing was under way.</Text>;
  return (
    <>
      <Text size="sm">Already under way, and followed to the end:</Text>
      <List size="sm">
        {items.map(({ client, site, since }) => (
          <List.Item key={`${client} ${site}`}>
            {client}, {site}, ordered <Ago at={since} />
          </List.Item>
        ))}
      </List>
    </>
  );
}

function pauseRollout(id: string, reason: string, wait: boolean): Promise<PauseAnswer> {
  return take(
    api.POST('/v1/rollouts/{id}/pause', { params: { path: { id } }, body: { reason, wait } }),
  );
}

interface PauseAnswer {
  readonly alreadyDispatched: readonly UnderWayItem[];
}
