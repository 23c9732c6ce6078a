import { Checkbox, Divider, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Client } from '../api/types.ts';
import { placeOf } from '../parts/moment.tsx';
import { type AgreementKind, kindWords } from './agreement-words.ts';
import type { AgreementWish } from './agreement-wish.ts';
import { TermFields } from './term-fields.tsx';

interface AgreementFieldsProps {
  readonly client: Pick<Client, 'name' | 'zone'>;
  readonly wish: AgreementWish;
  readonly onChange: (wish: AgreementWish) => void;
}

/** What was agreed, where that can be looked up, and for how long it holds. */
export function AgreementFields({ client, wish, onChange }: AgreementFieldsProps): ReactElement {
  const change = (part: Partial<AgreementWish>): void => {
    onChange({ ...wish, ...part });
  };
  return (
    <>
      <Select
        data-autofocus
        label="What was agreed"
        allowDeselect={false}
        data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
        value={wish.kind}
        onChange={(value) => {
          change({ kind: (value ?? wish.kind) as AgreementKind });
        }}
      />
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {explanations[wish.kind]} All times are {client.name}’s, in {placeOf(client.zone)}.
        </Text>
        <TermFields wish={wish} onChange={change} />
      </Stack>
      <Divider label="Where, who and how long" labelPosition="left" />
      <SourceFields wish={wish} onChange={change} />
    </>
  );
}

const explanations = {
  calendar:
    'These days stand instead of the vendor’s; what the vendor closes, and who has to be there, still hold.',
  freeze: 'Nothing goes to production in this time.',
  lead: 'The client hears of a date at least so long before; where the policy says more, it holds.',
  consent: 'Whether the client is only told or asked; where the policy is stricter, it holds.',
  moves: 'How the client may move its own date, instead of what the policy says.',
} as const satisfies Record<AgreementKind, string>;

interface SourceFieldsProps {
  readonly wish: AgreementWish;
  readonly onChange: (part: Partial<AgreementWish>) => void;
}

function SourceFields({ wish, onChange }: SourceFieldsProps): ReactElement {
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label="Where it was agreed"
          description="A contract, a mail, a call: what can be looked up."
          required
          value={wish.source}
          onChange={(event) => {
            onChange({ source: event.currentTarget.value });
          }}
        />
        <TextInput
          label="Who looks after it"
          description="Is asked when it gets in the way."
          required
          value={wish.owner}
          onChange={(event) => {
            onChange({ owner: event.currentTarget.value });
          }}
        />
      </SimpleGrid>
      {wish.kind !== 'freeze' && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            type="date"
            label="Holds from"
            description="Empty = today."
            value={wish.since}
            onChange={(event) => {
              onChange({ since: event.currentTarget.value });
            }}
          />
          <TextInput
            type="date"
            label="Last day"
            description="Empty = until somebody ends it."
            value={wish.expires}
            onChange={(event) => {
              onChange({ expires: event.currentTarget.value });
            }}
          />
        </SimpleGrid>
      )}
      <Checkbox
        label="Binds critical hotfixes too"
        description="Without it the agreement is left aside when something critical has to be fixed."
        checked={wish.bindsCritical}
        onChange={(event) => {
          onChange({ bindsCritical: event.currentTarget.checked });
        }}
      />
    </>
  );
}
