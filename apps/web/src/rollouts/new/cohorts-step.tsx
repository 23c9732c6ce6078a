import { Button, Group, SegmentedControl, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { IconPlus } from '../../icons.ts';
import { Section } from '../../parts/section.tsx';
import type { CohortRule, RolloutWish } from './rollout-wish.ts';

interface CohortsStepProps {
  readonly wish: RolloutWish;
  readonly onWish: (wish: RolloutWish) => void;
}

const first: readonly CohortRule[] = [
  { name: 'Pilot', tags: ['pilot'] },
  { name: 'Rest', rest: true },
];

/** Who goes first; the next cohort opens when the one before proved itself. */
export function CohortsStep({ wish, onWish }: CohortsStepProps): ReactElement {
  const { cohorts } = wish;
  const setCohorts = (next: readonly CohortRule[]): void => {
    onWish({ ...wish, cohorts: next });
  };
  return (
    <Section title="Who goes first">
      <Stack>
        <SegmentedControl
          aria-label="Cohorts"
          w="fit-content"
          value={cohorts.length === 0 ? 'policy' : 'own'}
          onChange={(value) => {
            setCohorts(value === 'policy' ? [] : first);
          }}
          data={[
            { value: 'policy', label: 'As the policy says' },
            { value: 'own', label: 'Own cohorts' },
          ]}
        />
        {cohorts.length === 0 ? (
          <Text size="sm" c="dimmed">
            The plan shows which client falls into which cohort.
          </Text>
        ) : (
          <CohortRows cohorts={cohorts} onChange={setCohorts} />
        )}
      </Stack>
    </Section>
  );
}

interface CohortRowsProps {
  readonly cohorts: readonly CohortRule[];
  readonly onChange: (cohorts: readonly CohortRule[]) => void;
}

function CohortRows({ cohorts, onChange }: CohortRowsProps): ReactElement {
  const change = (index: number, rule: CohortRule): void => {
    onChange(cohorts.map((each, place) => (place === index ? rule : each)));
  };
  return (
    <Stack gap="sm">
      {cohorts.map((rule, index) => (
        <Group key={index} align="flex-end">
          <TextInput
            label={`${index + 1}. cohort`}
            value={rule.name}
            onChange={(event) => {
              change(index, { ...rule, name: event.currentTarget.value });
            }}
          />
          {rule.rest === true ? (
            <Text size="sm" c="dimmed" pb={8}>
              everybody else
            </Text>
          ) : (
            <TagsInput
              label="Tags"
              miw={260}
              value={rule.tags ?? []}
              onChange={(tags) => {
                change(index, { ...rule, tags });
              }}
            />
          )}
          {rule.rest !== true && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                onChange(cohorts.filter((_, place) => place !== index));
              }}
            >
              Remove
            </Button>
          )}
        </Group>
      ))}
      <Button
        w="fit-content"
        variant="light"
        leftSection={<IconPlus size={14} />}
        onClick={() => {
          onChange([{ name: `Cohort ${cohorts.length}`, tags: [] }, ...cohorts]);
        }}
      >
        Add a cohort before
      </Button>
    </Stack>
  );
}
