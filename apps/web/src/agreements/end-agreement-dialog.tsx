import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import type { Agreement, Client } from '../api/types.ts';
import { EffectView } from '../parts/effect-view.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { agreementWords, kindWords } from './agreement-words.ts';

interface EndAgreementDialogProps {
  readonly client: Pick<Client, 'key' | 'name'>;
  readonly agreement: Agreement;
  readonly onClose: () => void;
}

/** Ends an agreement only after it was seen what that moves, and with the reason. */
export function EndAgreementDialog(props: EndAgreementDialogProps): ReactElement {
  const { client, agreement, onClose } = props;
  const params = { path: { id: agreement.id } };
  const effect = useQuery({
    queryKey: ['client', client.key, 'agreements', agreement.id, 'end'],
    queryFn: () => take(api.GET('/v1/agreements/{id}/end/effect', { params })),
    gcTime: 0,
  });
  return (
    <ReasonDialog
      title={`End an agreement with ${client.name}`}
      size="xl"
      verb="End it now"
      danger
      waitsFor={effect.isSuccess ? null : 'First see what it moves.'}
      said="The agreement is ended"
      act={(reason) => take(api.POST('/v1/agreements/{id}/end', { params, body: { reason } }))}
      onClose={onClose}
    >
      <Text size="sm">
        <strong>{kindWords[agreement.kind]}:</strong> {agreementWords(agreement)}
      </Text>
      <QueryPanel query={effect} rows={3}>
        {(data) => (
          <EffectView effect={data}>
            Without the agreement the policy holds again, at once and in running rollouts too. A
            date moves only when somebody plans the rollout again; the agreement stays in the
            history.
          </EffectView>
        )}
      </QueryPanel>
    </ReasonDialog>
  );
}
