import { NumberInput, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import editorClasses from '../calendars/calendars-page.module.css';
import { NthWeekdayFields } from '../parts/nth-weekday-fields.tsx';
import type { CadenceWish, DayPattern } from './cadence-wish.ts';

interface CadenceFieldsProps {
  readonly wish: CadenceWish;
  readonly onChange: (part: Partial<CadenceWish>) => void;
}

const patterns = [
  { value: 'monthly', label: 'A weekday of the month' },
  { value: 'weeks', label: 'Every so many weeks' },
  { value: 'month-day', label: 'A day of the month' },
  { value: 'text', label: 'Other days, as text' },
] as const satisfies readonly { readonly value: DayPattern; readonly label: string }[];

/** On which days, and until when. */
export function CadenceDayFields({ wish, onChange }: CadenceFieldsProps): ReactElement {
  return (
    <Stack gap="sm">
      <Select
        label="Due on"
        allowDeselect={false}
        data={patterns}
        value={wish.pattern}
        onChange={(value) => {
          onChange({ pattern: patterns.find((each) => each.value === value)?.value ?? 'monthly' });
        }}
      />
      <PatternFields wish={wish} onChange={onChange} />
      <TextInput
        type="date"
        label="Last day"
        description="Empty = until somebody ends it."
        value={wish.lastDay}
        onChange={(event) => {
          onChange({ lastDay: event.currentTarget.value });
        }}
      />
    </Stack>
  );
}

function PatternFields({ wish, onChange }: CadenceFieldsProps): ReactElement {
  switch (wish.pattern) {
    case 'monthly':
      return <NthWeekdayFields value={wish} onChange={onChange} />;
    case 'weeks':
      return <WeekFields wish={wish} onChange={onChange} />;
    case 'month-day':
      return (
        <Select
          label="Which"
          allowDeselect={false}
          data={[...Array.from({ length: 28 }, (_, index) => index + 1), -1].map((day) => ({
            value: String(day),
            label: day === -1 ? 'The last day' : `Day ${day}`,
          }))}
          value={String(wish.monthDay)}
          onChange={(value) => {
            onChange({ monthDay: Number(value) });
          }}
        />
      );
    case 'text':
      return (
        <Textarea
          className={editorClasses['editor'] ?? ''}
          label="Days as YAML"
          description="As in a calendar’s rule under “on:”."
          autosize
          minRows={4}
          maxRows={14}
          spellCheck={false}
          value={wish.yaml}
          onChange={(event) => {
            onChange({ yaml: event.currentTarget.value });
          }}
        />
      );
  }
}

function WeekFields({ wish, onChange }: CadenceFieldsProps): ReactElement {
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NumberInput
        label="Every how many weeks"
        min={1}
        max={104}
        allowDecimal={false}
        value={Number.isNaN(wish.weeks) ? '' : wish.weeks}
        onChange={(value) => {
          onChange({ weeks: value === '' ? Number.NaN : Number(value) });
        }}
      />
      <TextInput
        type="date"
        required
        label="Counted from"
        description="It says the weekday, too."
        inputWrapperOrder={['label', 'input', 'description']}
        value={wish.since}
        onChange={(event) => {
          onChange({ since: event.currentTarget.value });
        }}
      />
    </SimpleGrid>
  );
}
