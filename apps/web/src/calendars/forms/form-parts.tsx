import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode, SubmitEvent } from 'react';
import { clientsQuestion } from '../../api/queries.ts';
import { weekdayNames } from '../../words/dates.ts';
import type { CalendarDocument, Weekday } from '../document/calendar-document.ts';
import type { RulePlace } from '../document/edit-document.ts';

/** What every pattern's form gets; it answers with the whole document as it would be. */
export interface PatternFormProps {
  readonly document: CalendarDocument;
  /** The rule that is changed; null = a new one. */
  readonly place: RulePlace | null;
  readonly onDone: (document: CalendarDocument) => void;
}

interface FormFrameProps {
  /** The sentence the rule comes to. */
  readonly says?: string;
  readonly canAdd: boolean;
  readonly verb?: string;
  readonly onAdd: () => void;
  readonly children: ReactNode;
}

/** The fields, what they come to in words, and the button. */
export function FormFrame(props: FormFrameProps): ReactElement {
  const { says, canAdd, verb = 'Show these days', onAdd, children } = props;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (canAdd) onAdd();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {children}
        {says !== undefined && (
          <Text size="sm" c="dimmed" aria-live="polite">
            {says}
          </Text>
        )}
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            Nothing is saved before you have seen what it moves.
          </Text>
          <Button type="submit" disabled={!canAdd}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface WeekdayPickerProps {
  readonly label: string;
  readonly value: readonly Weekday[];
  readonly onChange: (value: readonly Weekday[]) => void;
}

/** The days of the week, as many as are wanted. */
export function WeekdayPicker({ label, value, onChange }: WeekdayPickerProps): ReactElement {
  return (
    <Checkbox.Group
      label={label}
      value={[...value]}
      onChange={(names) => {
        onChange(weekdays.filter((day) => names.includes(day)));
      }}
    >
      <Group gap="md" mt={6}>
        {weekdays.map((day) => (
          <Checkbox
            key={day}
            value={day}
            label={weekdayNames[day].slice(0, 3)}
            aria-label={weekdayNames[day]}
          />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

interface HoursProps {
  readonly from: string;
  readonly to: string;
  readonly onChange: (hours: { readonly from: string; readonly to: string }) => void;
}

/** From and to on the wall clock; an end before the start means the next day. */
export function Hours({ from, to, onChange }: HoursProps): ReactElement {
  return (
    <SimpleGrid cols={2}>
      <TextInput
        type="time"
        label="From"
        value={from}
        onChange={(event) => {
          onChange({ from: event.currentTarget.value, to });
        }}
      />
      <TextInput
        type="time"
        label="To"
        description={to !== '' && to <= from ? 'on the next day' : undefined}
        inputWrapperOrder={['label', 'input', 'description']}
        value={to}
        onChange={(event) => {
          onChange({ from, to: event.currentTarget.value });
        }}
      />
    </SimpleGrid>
  );
}

interface ForWhomProps {
  readonly kinds: readonly string[];
  readonly tags?: readonly string[];
  readonly onChange: (value: {
    readonly kinds: readonly string[];
    readonly tags: readonly string[];
  }) => void;
}

/** The kinds of change and the clients a rule speaks of; empty = all of them. */
export function ForWhom({ kinds, tags, onChange }: ForWhomProps): ReactElement {
  const clients = useQuery(clientsQuestion({})).data?.items ?? [];
  return (
    <SimpleGrid cols={{ base: 1, sm: tags === undefined ? 1 : 2 }}>
      {tags !== undefined && (
        <TagsInput
          label="Only for clients with all these tags"
          placeholder={tags.length === 0 ? 'every client' : ''}
          data={[...new Set(clients.flatMap((client) => client.tags))]}
          value={[...tags]}
          onChange={(value) => {
            onChange({ kinds, tags: value });
          }}
        />
      )}
      <MultiSelect
        label="Only for changes of kind"
        placeholder={kinds.length === 0 ? 'every kind' : ''}
        data={['release', 'hotfix']}
        value={[...kinds]}
        onChange={(value) => {
          onChange({ kinds: value, tags: tags ?? [] });
        }}
      />
    </SimpleGrid>
  );
}

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
