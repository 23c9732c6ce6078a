import { MultiSelect, Radio, Select, Stack, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { clientsQuestion, rolloutsQuestion } from '../../api/queries.ts';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { Section } from '../../parts/section.tsx';
import type { RolloutWish } from './rollout-wish.ts';

interface ClientsStepProps {
  readonly wish: RolloutWish;
  readonly onWish: (wish: RolloutWish) => void;
}

const choices = [
  { value: 'all', label: 'Every client that does not have it' },
  { value: 'reporters', label: 'Only who reported it' },
  { value: 'tags', label: 'Clients with a tag' },
  { value: 'keys', label: 'These clients' },
] as const;

/** Who gets it. */
export function ClientsStep({ wish, onWish }: ClientsStepProps): ReactElement {
  const clients = useQuery(clientsQuestion({}));
  return (
    <Section title="Who gets it">
      <QueryPanel query={clients}>
        {({ items }) => (
          <Stack>
            <Radio.Group
              aria-label="Clients"
              value={wish.who}
              onChange={(value) => {
                const who = choices.find((choice) => choice.value === value)?.value ?? 'all';
                onWish({ ...wish, who });
              }}
            >
              <Stack gap="sm">
                {choices.map(({ value, label }) => (
                  <Radio key={value} value={value} label={label} />
                ))}
              </Stack>
            </Radio.Group>
            {wish.who === 'tags' && (
              <MultiSelect
                label="Tags"
                searchable
                data={[...new Set(items.flatMap(({ tags }) => tags))]}
                value={[...wish.tags]}
                onChange={(tags) => {
                  onWish({ ...wish, tags });
                }}
              />
            )}
            {wish.who === 'keys' && (
              <TagsInput
                label="Keys of clients"
                description="A list pasted from a spreadsheet works too."
                splitChars={[',', ';', ' ', '\n', '\t']}
                data={items.map(({ key }) => key)}
                value={[...wish.keys]}
                onChange={(keys) => {
                  onWish({ ...wish, keys });
                }}
              />
            )}
            <LikeRollout wish={wish} onWish={onWish} />
            <Text size="sm" c="dimmed">
              Clients that have it already, or that are leaving, are left out and named in the plan.
            </Text>
          </Stack>
        )}
      </QueryPanel>
    </Section>
  );
}

/** An earlier rollout to take clients, cohorts and policy over from, where nothing else is said. */
function LikeRollout({ wish, onWish }: ClientsStepProps): ReactElement | null {
  const rollouts = useQuery(rolloutsQuestion).data ?? [];
  if (rollouts.length === 0) return null;
  return (
    <Select
      label="Like an earlier rollout"
      description="Its clients, cohorts and policy are taken over unless you say otherwise here."
      placeholder="none"
      clearable
      clearButtonProps={{ 'aria-label': 'Like no earlier rollout' }}
      data={rollouts.map(({ id, name }) => ({ value: id, label: name }))}
      value={wish.like}
      onChange={(like) => {
        onWish({ ...wish, like });
      }}
    />
  );
}
