import { MultiSelect, Select, SimpleGrid, Stack, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { clientsQuestion, policiesQuestion, rolloutsQuestion } from '../api/queries.ts';
import type { CadenceWish, Whom } from './cadence-wish.ts';

interface RolloutFieldsProps {
  readonly wish: CadenceWish;
  readonly onChange: (part: Partial<CadenceWish>) => void;
}

/** What the proposed rollout is like: for whom, under which policy, after which earlier one. */
export function RolloutFields({ wish, onChange }: RolloutFieldsProps): ReactElement {
  const policies = useQuery(policiesQuestion).data ?? [];
  const rollouts = useQuery(rolloutsQuestion).data ?? [];
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Policy"
          placeholder="chosen by the change"
          clearable
          clearButtonProps={{ 'aria-label': 'Chosen by the change' }}
          data={policies.map(({ name, title }) => ({ value: name, label: title }))}
          value={wish.policy}
          onChange={(policy) => {
            onChange({ policy });
          }}
        />
        <Select
          label="Like an earlier rollout"
          placeholder="none"
          clearable
          clearButtonProps={{ 'aria-label': 'Like no earlier rollout' }}
          data={rollouts.map(({ id, name }) => ({ value: id, label: name }))}
          value={wish.like}
          onChange={(like) => {
            onChange({ like });
          }}
        />
      </SimpleGrid>
      <WhomFields wish={wish} onChange={onChange} />
    </Stack>
  );
}

const whomWords = {
  everybody: 'Every client that does not have the change',
  reporters: 'Only who reported it',
  tags: 'Clients with a tag',
  keys: 'These clients',
  'as-written': 'As it was written',
} as const satisfies Record<Whom, string>;

function WhomFields({ wish, onChange }: RolloutFieldsProps): ReactElement {
  const clients = useQuery(clientsQuestion({})).data?.items ?? [];
  const choices = Object.entries(whomWords).filter(
    ([value]) => value !== 'as-written' || wish.whom === 'as-written',
  );
  return (
    <>
      <Select
        label="For"
        description={
          wish.whom === 'everybody' && wish.like !== null
            ? 'Who was in the earlier rollout, for nothing else is said.'
            : undefined
        }
        allowDeselect={false}
        data={choices.map(([value, label]) => ({ value, label }))}
        value={wish.whom}
        onChange={(value) => {
          onChange({ whom: (value ?? wish.whom) as Whom });
        }}
      />
      {wish.whom === 'tags' && (
        <MultiSelect
          label="Tags"
          searchable
          data={[...new Set([...wish.tags, ...clients.flatMap(({ tags }) => tags)])]}
          value={[...wish.tags]}
          onChange={(tags) => {
            onChange({ tags });
          }}
        />
      )}
      {wish.whom === 'keys' && (
        <TagsInput
          label="Keys of clients"
          splitChars={[',', ';', ' ', '\n', '\t']}
          data={clients.map(({ key }) => key)}
          value={[...wish.keys]}
          onChange={(keys) => {
            onChange({ keys });
          }}
        />
      )}
    </>
  );
}
