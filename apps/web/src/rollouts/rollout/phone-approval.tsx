import {
  Button,
  Group,
  Modal,
  SegmentedControl,
  Select,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactElement } from 'react';
import { api, take } from '../../api/client.ts';
import { clientQuestion } from '../../api/queries.ts';
import type { Contact } from '../../api/types.ts';
import { useAct } from '../../api/use-act.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';

interface PhoneApprovalProps {
  readonly roundId: string;
  readonly clientKey: string;
  readonly onClose: () => void;
}

/** Records what a contact said on the phone, with the proof of it. */
export function PhoneApproval({ roundId, clientKey, onClose }: PhoneApprovalProps): ReactElement {
  const client = useQuery(clientQuestion(clientKey));
  return (
    <Modal opened onClose={onClose} title="Record an answer given by phone" size="md">
      <QueryPanel query={client} rows={3}>
        {({ contacts }) => <AnswerForm roundId={roundId} contacts={contacts} onClose={onClose} />}
      </QueryPanel>
    </Modal>
  );
}

interface AnswerFormProps {
  readonly roundId: string;
  readonly contacts: readonly Contact[];
  readonly onClose: () => void;
}

type Decision = 'approve' | 'reject';

function AnswerForm({ roundId, contacts, onClose }: AnswerFormProps): ReactElement {
  const [decision, setDecision] = useState<Decision>('approve');
  const [contactEmail, setContactEmail] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [comment, setComment] = useState('');
  const record = useAct(
    (email: string) =>
      take(
        api.POST('/v1/approvals/{roundId}/record', {
          params: { path: { roundId } },
          body: { decision, contactEmail: email, reason, ...(comment === '' ? {} : { comment }) },
        }),
      ),
    { said: () => 'The answer is recorded', then: onClose },
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (contactEmail !== null) record.mutate(contactEmail);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <SegmentedControl
          aria-label="Answer"
          value={decision}
          onChange={(value) => {
            setDecision(value === 'reject' ? 'reject' : 'approve');
          }}
          data={[
            { value: 'approve', label: 'Approves' },
            { value: 'reject', label: 'Rejects' },
          ]}
        />
        <Select
          label="Who said it"
          required
          searchable
          data={contacts.map(({ email, name, roles }) => ({
            value: email,
            label: `${name} (${roles.join(', ')})`,
          }))}
          value={contactEmail}
          onChange={setContactEmail}
        />
        <TextInput
          label="Proof"
          description="When and on which number, or the ticket of the call."
          required
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        <Textarea
          label="Comment"
          autosize
          minRows={2}
          value={comment}
          onChange={(event) => {
            setComment(event.currentTarget.value);
          }}
        />
        {record.isError && <ProblemAlert error={record.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            color={decision === 'reject' ? 'signal' : 'harbour'}
            loading={record.isPending}
            disabled={contactEmail === null || reason.trim() === ''}
          >
            Record {decision === 'approve' ? 'approval' : 'rejection'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
