import { MultiSelect, Select, SimpleGrid } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Weekday } from '../calendars/document/calendar-document.ts';
import { monthNames, nths, nthWords, weekdayNames } from '../words/dates.ts';
import { sentence } from '../words/terms.ts';

interface NthWeekday {
  readonly nth: number;
  readonly weekday: Weekday;
  /** From 1 on; none means every month. */
  readonly months: readonly number[];
}

interface NthWeekdayFieldsProps {
  readonly value: NthWeekday;
  readonly onChange: (part: Partial<NthWeekday>) => void;
}

/** Which weekday of which months. */
export function NthWeekdayFields({ value: chosen, onChange }: NthWeekdayFieldsProps): ReactElement {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      <Select
        label="Which"
        allowDeselect={false}
        data={nths.map((nth) => ({
          value: String(nth),
          label: sentence(nthWords(nth)),
        }))}
        value={String(chosen.nth)}
        onChange={(value) => {
          onChange({ nth: Number(value) });
        }}
      />
      <Select
        label="Weekday"
        allowDeselect={false}
        data={Object.entries(weekdayNames).map(([value, label]) => ({ value, label }))}
        value={chosen.weekday}
        onChange={(value) => {
          onChange({ weekday: (value ?? chosen.weekday) as Weekday });
        }}
      />
      <MultiSelect
        label="Of"
        placeholder={chosen.months.length === 0 ? 'every month' : ''}
        data={monthNames.map((label, index) => ({ value: String(index + 1), label }))}
        value={chosen.months.map(String)}
        onChange={(values) => {
          onChange({ months: values.map(Number).toSorted((one, other) => one - other) });
        }}
      />
    </SimpleGrid>
  );
}
