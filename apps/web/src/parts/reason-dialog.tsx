import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState, type SubmitEvent, type ReactElement, type ReactNode } from 'react';
import { useAct } from '../api/use-act.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface ReasonDialogProps<T> {
  readonly title: string;
  readonly verb: string;
  readonly danger?: boolean;
  readonly size?: 'md' | 'xl';
  /** Why it cannot be done yet; null = it can. */
  readonly waitsFor?: string | null;
  readonly label?: string;
  readonly said?: string;
  readonly act: (reason: string) => Promise<T>;
  readonly onClose: () => void;
  /** Instead of closing. */
  readonly onDone?: (answer: T) => void;
  readonly children?: ReactNode;
}

/** Asks why before something is done; the reason becomes part of the story. */
export function ReasonDialog<T>(props: ReasonDialogProps<T>): ReactElement {
  const { title, verb, danger, label = 'Reason', said, act, onClose, onDone, children } = props;
  const { size = 'md', waitsFor = null } = props;
  const [reason, setReason] = useState('');
  const doIt = useAct(act, {
    then: onDone ?? onClose,
    ...(said === undefined ? {} : { said: () => said }),
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (waitsFor === null) doIt.mutate(reason.trim());
  };
  return (
    <Modal opened onClose={onClose} title={title} size={size}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {children}
          <TextInput
            data-autofocus
            required
            label={label}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
          {doIt.isError && <ProblemAlert error={doIt.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={doIt.isPending}
              disabled={reason.trim() === '' || waitsFor !== null}
              title={waitsFor ?? undefined}
              color={danger === true ? 'signal' : 'harbour'}
            >
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
