import {
  NumberInput,
  Radio,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactElement } from 'react';
import editorClasses from '../calendars/calendars-page.module.css';
import { Hours, WeekdayPicker } from '../calendars/forms/form-parts.tsx';
import { consentWords } from './agreement-words.ts';
import type { AgreementWish } from './agreement-wish.ts';

interface TermFieldsProps {
  readonly wish: AgreementWish;
  readonly onChange: (part: Partial<AgreementWish>) => void;
}

/** The fields of the chosen kind of agreement. */
export function TermFields({ wish, onChange }: TermFieldsProps): ReactElement {
  switch (wish.kind) {
    case 'calendar':
      return <DayFields wish={wish} onChange={onChange} />;
    case 'freeze':
      return <FreezeFields wish={wish} onChange={onChange} />;
    case 'lead':
      return <LeadFields wish={wish} onChange={onChange} />;
    case 'consent':
      return <ConsentField wish={wish} onChange={onChange} />;
    case 'moves':
      return <MoveFields wish={wish} onChange={onChange} />;
  }
}

function DayFields({ wish: { calendar }, onChange }: TermFieldsProps): ReactElement {
  const change = (part: Partial<AgreementWish['calendar']>): void => {
    onChange({ calendar: { ...calendar, ...part } });
  };
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label="How the days are written"
        w="fit-content"
        value={calendar.isText ? 'text' : 'form'}
        onChange={(value) => {
          change({ isText: value === 'text' });
        }}
        data={[
          { value: 'form', label: 'Weekdays and hours' },
          { value: 'text', label: 'As text' },
        ]}
      />
      {calendar.isText ? (
        <Textarea
          className={editorClasses['editor'] ?? ''}
          label="Days as YAML"
          autosize
          minRows={8}
          maxRows={20}
          spellCheck={false}
          value={calendar.yaml}
          onChange={(event) => {
            change({ yaml: event.currentTarget.value });
          }}
        />
      ) : (
        <>
          <WeekdayPicker
            label="On"
            value={calendar.weekdays}
            onChange={(weekdays) => {
              change({ weekdays });
            }}
          />
          <Hours from={calendar.from} to={calendar.to} onChange={change} />
        </>
      )}
    </Stack>
  );
}

function FreezeFields({ wish: { freeze }, onChange }: TermFieldsProps): ReactElement {
  const edges = [
    ['from', 'From'],
    ['to', 'To'],
  ] as const;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {edges.map(([edge, label]) => (
          <TextInput
            key={edge}
            type="datetime-local"
            label={label}
            required
            value={freeze[edge]}
            onChange={(event) => {
              onChange({ freeze: { ...freeze, [edge]: event.currentTarget.value } });
            }}
          />
        ))}
      </SimpleGrid>
      <TextInput
        label="Why"
        description="Reasons name it, so write what a client may read."
        placeholder="Stocktaking"
        required
        value={freeze.reason}
        onChange={(event) => {
          onChange({ freeze: { ...freeze, reason: event.currentTarget.value } });
        }}
      />
    </Stack>
  );
}

function LeadFields({ wish: { lead }, onChange }: TermFieldsProps): ReactElement {
  return (
    <SimpleGrid cols={2}>
      <NumberInput
        label="Told at least"
        min={0}
        max={lead.unit === 'hours' ? 8_760 : 365}
        allowDecimal={false}
        value={Number.isNaN(lead.amount) ? '' : lead.amount}
        onChange={(value) => {
          onChange({ lead: { ...lead, amount: numberIn(value) } });
        }}
      />
      <Select
        label="Before the date"
        allowDeselect={false}
        data={[
          { value: 'businessDays', label: 'business days' },
          { value: 'days', label: 'days' },
          { value: 'hours', label: 'hours' },
        ]}
        value={lead.unit}
        onChange={(value) => {
          onChange({ lead: { ...lead, unit: value ?? lead.unit } });
        }}
      />
    </SimpleGrid>
  );
}

function ConsentField({ wish, onChange }: TermFieldsProps): ReactElement {
  return (
    <Radio.Group
      label="Before production"
      value={wish.consent}
      onChange={(value) => {
        onChange({ consent: value });
      }}
    >
      <Stack gap="xs" mt={6}>
        {Object.entries(consentWords).map(([value, label]) => (
          <Radio key={value} value={value} label={label} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function MoveFields({ wish: { moves }, onChange }: TermFieldsProps): ReactElement {
  const fields = [
    ['times', 'How many times', 100],
    ['noticeHours', 'Up to how many hours before the date', 8_760],
    ['latestDays', 'At most how many days later', 730],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }}>
      {fields.map(([field, label, max]) => (
        <NumberInput
          key={field}
          label={label}
          min={0}
          max={max}
          allowDecimal={false}
          value={Number.isNaN(moves[field]) ? '' : moves[field]}
          onChange={(value) => {
            onChange({ moves: { ...moves, [field]: numberIn(value) } });
          }}
        />
      ))}
    </SimpleGrid>
  );
}

/** An empty field is no zero. */
function numberIn(value: number | string): number {
  return value === '' ? Number.NaN : Number(value);
}
