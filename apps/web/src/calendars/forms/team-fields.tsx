import {
  Button,
  Group,
  MultiSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import type { ReactElement } from 'react';
import type { TeamPattern } from '../document/patterns.ts';
import { Hours, WeekdayPicker } from './form-parts.tsx';

interface TeamFieldsProps {
  readonly team: TeamPattern;
  /** The holiday sets of the calendar. */
  readonly sets: readonly string[];
  readonly onChange: (team: TeamPattern) => void;
  /** null = the last team cannot go. */
  readonly onRemove: (() => void) | null;
}

/** One team: its people, their hours, and how many of them are needed. */
export function TeamFields({ team, sets, onChange, onRemove }: TeamFieldsProps): ReactElement {
  const change = (part: Partial<TeamPattern>): void => {
    onChange({ ...team, ...part });
  };
  const counts = [
    ['People', 'people', 1],
    ['Needed during work', 'during', 0],
    ['Needed afterwards', 'aftercare', 0],
  ] as const;
  return (
    <Stack gap="sm" component="fieldset" bd="none" p={0} m={0} aria-label={`Team ${team.name}`}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label="Team"
          required
          value={team.name}
          onChange={(event) => {
            change({ name: event.currentTarget.value });
          }}
        />
        <MultiSelect
          label="Off on"
          placeholder={sets.length === 0 ? 'no holidays in this calendar yet' : ''}
          data={[...sets]}
          value={[...team.off]}
          onChange={(off) => {
            change({ off });
          }}
        />
      </SimpleGrid>
      <SimpleGrid cols={3}>
        {counts.map(([label, field, min]) => (
          <NumberInput
            key={field}
            label={label}
            min={min}
            allowDecimal={false}
            value={team[field]}
            onChange={(value) => {
              change({ [field]: Number(value) });
            }}
          />
        ))}
      </SimpleGrid>
      <WeekdayPicker
        label="There on"
        value={team.weekdays}
        onChange={(weekdays) => {
          change({ weekdays });
        }}
      />
      <Hours from={team.from} to={team.to} onChange={change} />
      {onRemove !== null && (
        <Group justify="flex-end">
          <Button size="xs" variant="subtle" color="gray" onClick={onRemove}>
            Remove {team.name}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
