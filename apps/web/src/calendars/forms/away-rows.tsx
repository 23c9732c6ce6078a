import { ActionIcon, Button, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { IconPlus, IconTrash } from '../../icons.ts';
import type { AwayPattern } from '../document/patterns.ts';

interface AwayRowsProps {
  readonly teams: readonly string[];
  readonly away: readonly AwayPattern[];
  readonly onChange: (part: { readonly away: readonly AwayPattern[] }) => void;
}

/** Holidays and courses: how many people of which team are away on which days. */
export function AwayRows({ teams, away, onChange }: AwayRowsProps): ReactElement {
  const change = (index: number, part: Partial<AwayPattern>): void => {
    onChange({ away: away.map((each, place) => (place === index ? { ...each, ...part } : each)) });
  };
  return (
    <Stack gap="sm">
      {away.map((each, index) => (
        <Group key={index} gap="xs" align="flex-end" wrap="nowrap">
          <NumberInput
            label="People"
            w={76}
            min={1}
            allowDecimal={false}
            value={each.people}
            onChange={(value) => {
              change(index, { people: Number(value) });
            }}
          />
          <Select
            label="Of"
            allowDeselect={false}
            data={[...teams]}
            value={each.team}
            onChange={(team) => {
              if (team !== null) change(index, { team });
            }}
          />
          {(['from', 'to'] as const).map((edge) => (
            <TextInput
              key={edge}
              type="date"
              required
              label={edge === 'from' ? 'First day' : 'Last day'}
              value={each[edge]}
              onChange={(event) => {
                change(index, { [edge]: event.currentTarget.value });
              }}
            />
          ))}
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label="Remove this absence"
            onClick={() => {
              onChange({ away: away.filter((_, place) => place !== index) });
            }}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Button
        w="fit-content"
        variant="light"
        size="xs"
        leftSection={<IconPlus size={14} />}
        onClick={() => {
          onChange({ away: [...away, { team: teams[0] ?? '', from: '', to: '', people: 1 }] });
        }}
      >
        Somebody is away
      </Button>
    </Stack>
  );
}
