import { Button, Group } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { ClientRollout, Round } from '../../api/types.ts';
import { IconCalendarEvent, IconPhone } from '../../icons.ts';
import { useRights } from '../../layout/me.ts';
import { useFilters } from '../../parts/use-filter.ts';
import { ControlDialog } from './control-dialog.tsx';
import { type ClientVerb, verbWords } from './control-verbs.ts';
import { mayMove } from './date-choice.ts';
import { MoveDateDialog } from './move-date-dialog.tsx';
import { PhoneApproval } from './phone-approval.tsx';

interface ClientActionsProps {
  readonly rolloutId: string;
  readonly client: ClientRollout;
}

/** What can be done to one client of a rollout; a link may name what it should open with. */
export function ClientActions({ rolloutId, client }: ClientActionsProps): ReactElement {
  const [params, setFilters] = useFilters();
  const [verb, setVerb] = useState<ClientVerb | null>(() => asVerb(params.get('do'), client));
  return (
    <Group gap="xs">
      {client.actions.map((action) => (
        <Button
          key={action}
          size="xs"
          variant="light"
          color={verbWords[action].danger ? 'signal' : 'harbour'}
          onClick={() => {
            setVerb(action);
          }}
        >
          {verbWords[action].does}
        </Button>
      ))}
      <ManagerActions rolloutId={rolloutId} client={client} />
      {verb !== null && (
        <ControlDialog
          rolloutId={rolloutId}
          verb={verb}
          clients={[client.key]}
          onClose={() => {
            setVerb(null);
            setFilters({ do: null });
          }}
        />
      )}
    </Group>
  );
}

/** Another date, and an answer that was given by phone. */
function ManagerActions({ rolloutId, client }: ClientActionsProps): ReactElement | null {
  const { manages } = useRights();
  const openRound = client.rounds.find(({ state }) => state === 'open');
  if (!manages) return null;
  return (
    <>
      {mayMove(client) && <MoveDate rolloutId={rolloutId} client={client} />}
      {openRound !== undefined && <AnswerByPhone round={openRound} client={client} />}
    </>
  );
}

function MoveDate({ rolloutId, client }: ClientActionsProps): ReactElement {
  const [params, setFilters] = useFilters();
  return (
    <>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconCalendarEvent size={14} />}
        onClick={() => {
          setFilters({ do: 'move-date' });
        }}
      >
        Move date
      </Button>
      {params.get('do') === 'move-date' && (
        <MoveDateDialog
          rolloutId={rolloutId}
          client={client}
          onClose={() => {
            setFilters({ do: null });
          }}
        />
      )}
    </>
  );
}

interface AnswerByPhoneProps {
  readonly round: Round;
  readonly client: ClientRollout;
}

function AnswerByPhone({ round, client }: AnswerByPhoneProps): ReactElement {
  const [params, setFilters] = useFilters();
  return (
    <>
      <Button
        size="xs"
        variant="light"
        leftSection={<IconPhone size={14} />}
        onClick={() => {
          setFilters({ do: 'record-approval' });
        }}
      >
        Record answer by phone
      </Button>
      {params.get('do') === 'record-approval' && (
        <PhoneApproval
          roundId={round.id}
          clientKey={client.key}
          onClose={() => {
            setFilters({ do: null });
          }}
        />
      )}
    </>
  );
}

function asVerb(asked: string | null, client: ClientRollout): ClientVerb | null {
  return client.actions.find((action) => action === asked) ?? null;
}
