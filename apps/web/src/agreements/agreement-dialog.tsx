import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { use, useState, type ReactElement, type SubmitEvent } from 'react';
import { api, take } from '../api/client.ts';
import type { Client } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { MeContext } from '../layout/me.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { EffectView } from '../parts/effect-view.tsx';
import { AgreementFields } from './agreement-fields.tsx';
import { type AgreementWish, bodyOf, emptyWish, missingIn } from './agreement-wish.ts';

interface AgreementDialogProps {
  readonly client: Pick<Client, 'key' | 'name' | 'zone'>;
  readonly onClose: () => void;
}

/** Writes down what a client agreed; it is saved only after it was seen what it moves. */
export function AgreementDialog({ client, onClose }: AgreementDialogProps): ReactElement {
  const me = use(MeContext);
  const [wish, setWish] = useState(() => emptyWish(me?.email ?? ''));
  const [isReviewing, setReviewing] = useState(false);
  const title = isReviewing ? 'What this agreement moves' : `Agreement with ${client.name}`;
  return (
    <Modal opened onClose={onClose} title={title} size={isReviewing ? 'xl' : 'lg'}>
      {isReviewing ? (
        <ReviewStep
          client={client}
          wish={wish}
          onBack={() => {
            setReviewing(false);
          }}
          onClose={onClose}
        />
      ) : (
        <FormStep
          client={client}
          wish={wish}
          onChange={setWish}
          onClose={onClose}
          onReview={() => {
            setReviewing(true);
          }}
        />
      )}
    </Modal>
  );
}

interface FormStepProps {
  readonly client: Pick<Client, 'name' | 'zone'>;
  readonly wish: AgreementWish;
  readonly onChange: (wish: AgreementWish) => void;
  readonly onReview: () => void;
  readonly onClose: () => void;
}

function FormStep({ client, wish, onChange, onReview, onClose }: FormStepProps): ReactElement {
  const missing = missingIn(wish);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (missing === null) onReview();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <AgreementFields client={client} wish={wish} onChange={onChange} />
        <Group justify="space-between">
          <Text size="xs" c="dimmed" aria-live="polite">
            {missing ?? 'Nothing is saved before you have seen what it moves.'}
          </Text>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={missing !== null}>
              See what it moves
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

interface ReviewStepProps {
  readonly client: Pick<Client, 'key'>;
  readonly wish: AgreementWish;
  readonly onBack: () => void;
  readonly onClose: () => void;
}

function ReviewStep({ client, wish, onBack, onClose }: ReviewStepProps): ReactElement {
  const params = { path: { key: client.key } };
  const body = bodyOf(wish);
  const effect = useQuery({
    queryKey: ['client', client.key, 'agreements', 'effect', body],
    queryFn: () => take(api.POST('/v1/clients/{key}/agreements/effect', { params, body })),
    gcTime: 0,
  });
  const save = useAct(() => take(api.POST('/v1/clients/{key}/agreements', { params, body })), {
    said: () => 'The agreement is saved',
    then: onClose,
  });
  return (
    <Stack>
      <QueryPanel query={effect} rows={3}>
        {(data) => <EffectView effect={data} />}
      </QueryPanel>
      {save.isError && <ProblemAlert error={save.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          Back to the agreement
        </Button>
        <Button
          loading={save.isPending}
          disabled={effect.data?.valid !== true}
          onClick={() => {
            save.mutate(undefined);
          }}
        >
          Save the agreement
        </Button>
      </Group>
    </Stack>
  );
}
