import { Button, Group, Modal, Radio, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement, type SubmitEvent } from 'react';
import type { ClientRollout } from '../../api/types.ts';
import { useAct } from '../../api/use-act.ts';
import { IconCalendarX } from '../../icons.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { placeOf, readAt } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { shortLocal } from '../../words/dates.ts';
import { listWords } from '../../words/terms.ts';
import {
  chooseDate,
  type Chooser,
  type DatePlace,
  freeWords,
  type Offer,
  offersInstead,
  offersOf,
  toldOf,
} from './date-choice.ts';

interface MoveDateDialogProps {
  readonly rolloutId: string;
  readonly client: ClientRollout;
  readonly onClose: () => void;
}

/** Offers the dates a client can have, and gives it the one that is chosen. */
export function MoveDateDialog({ rolloutId, client, onClose }: MoveDateDialogProps): ReactElement {
  return (
    <Modal opened onClose={onClose} title={`Another date for ${client.name}`} size="lg">
      <Stack>
        <Text size="sm">
          {client.slotLocal === null
            ? 'There is no date so far.'
            : `The date so far is ${shortLocal(client.slotLocal)}, in ${placeOf(client.zone)}.`}
        </Text>
        <ToldAgain client={client} />
        <DateForm place={{ id: rolloutId, key: client.key }} client={client} onClose={onClose} />
      </Stack>
    </Modal>
  );
}

function ToldAgain({ client }: { readonly client: ClientRollout }): ReactElement {
  const told = toldOf(client.messages);
  return (
    <Text size="sm" c="dimmed">
      {told.length === 0
        ? 'Nobody was told a date yet, so nobody is told again.'
        : `${listWords(told)} ${told.length === 1 ? 'was' : 'were'} told the date and will be told again.`}
    </Text>
  );
}

interface DateFormProps {
  readonly place: DatePlace;
  readonly client: ClientRollout;
  readonly onClose: () => void;
}

function DateForm({ place, client, onClose }: DateFormProps): ReactElement {
  const [by, setBy] = useState<Chooser>('person');
  const [from, setFrom] = useState('');
  const [start, setStart] = useState<string | null>(null);
  const offers = useQuery({
    queryKey: ['rollout', place.id, 'client', place.key, 'offers', by, from],
    queryFn: () => offersOf(place, { by, from }),
  });
  const choose = useAct((chosen: string) => chooseDate(place, { start: chosen, by }), {
    said: ({ localStart }) => `${client.name} goes on ${shortLocal(localStart)}`,
    then: onClose,
  });
  const instead = choose.isError ? offersInstead(choose.error) : null;
  const begin = (): void => {
    setStart(null);
    choose.reset();
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (start !== null) {
      choose.mutate(start, {
        onError: () => {
          setStart(null);
        },
      });
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Wishes
          by={by}
          from={from}
          onBy={(next) => {
            begin();
            setBy(next);
          }}
          onFrom={(next) => {
            begin();
            setFrom(next);
          }}
        />
        {choose.isError && <ProblemAlert error={choose.error} />}
        {instead === null ? (
          <QueryPanel query={offers} rows={5}>
            {(items) => (
              <Offers zone={client.zone} offers={items} start={start} by={by} onChange={setStart} />
            )}
          </QueryPanel>
        ) : (
          <Offers zone={client.zone} offers={instead} start={start} by={by} onChange={setStart} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={choose.isPending} disabled={start === null}>
            Move the date
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface WishesProps {
  readonly by: Chooser;
  readonly from: string;
  readonly onBy: (by: Chooser) => void;
  readonly onFrom: (from: string) => void;
}

function Wishes({ by, from, onBy, onFrom }: WishesProps): ReactElement {
  return (
    <Group align="flex-end" gap="xl">
      <TextInput
        type="date"
        label="Not before"
        description="Empty = as early as possible."
        value={from}
        onChange={(event) => {
          onFrom(event.currentTarget.value);
        }}
      />
      <Switch
        label="The client asked for it"
        description="Then it may move only as often and as late as was agreed."
        checked={by === 'client'}
        onChange={(event) => {
          onBy(event.currentTarget.checked ? 'client' : 'person');
        }}
      />
    </Group>
  );
}

interface OffersProps {
  readonly zone: string;
  readonly offers: readonly Offer[];
  readonly start: string | null;
  readonly by: Chooser;
  readonly onChange: (start: string) => void;
}

function Offers({ zone, offers, start, by, onChange }: OffersProps): ReactElement {
  if (offers.length === 0) {
    return (
      <EmptyState title="No other date can be had" icon={IconCalendarX}>
        {by === 'client'
          ? 'Clients may not move their dates here, or no day within their limits is open.'
          : 'No open day has a free place. Look at the client’s calendar, or plan the rollout again.'}
      </EmptyState>
    );
  }
  return (
    <Radio.Group label={`Dates in ${placeOf(zone)}`} value={start} onChange={onChange}>
      <Stack gap="xs" mt={6}>
        {offers.map((offer) => (
          <Radio
            key={offer.start}
            value={offer.start}
            label={shortLocal(offer.localStart)}
            description={`Your time ${readAt(offer.start)} · ${freeWords(offer.free)}`}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
