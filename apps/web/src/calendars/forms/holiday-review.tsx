import { Badge, Checkbox, Group, ScrollArea, Stack, Text } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { HolidayProposal } from '../../api/types.ts';
import { longDate } from '../../words/dates.ts';
import { countOf } from '../../words/terms.ts';
import { withHolidays } from '../document/edit-document.ts';
import { FormFrame, type PatternFormProps } from './form-parts.tsx';

interface HolidayReviewProps extends Pick<PatternFormProps, 'document' | 'onDone'> {
  readonly set: string;
  /** null = there are only the dates that the calendar has already. */
  readonly proposal: HolidayProposal | null;
}

/** Which dates count: those the calendar has already, else those that are usually free. */
export function HolidayReview(props: HolidayReviewProps): ReactElement {
  const { set, proposal, document, onDone } = props;
  const [dates, setDates] = useState(() => datesSoFar(props));
  const [areNoBusinessDays, setNoBusinessDays] = useState(() => areLeftOut(props));
  const chosen = [...new Set(dates)];
  const { items, attribution, place } = proposal ?? { items: [], attribution: '', place: set };
  return (
    <FormFrame
      canAdd={chosen.length > 0}
      says={`Closed on ${countOf(chosen.length, 'date')}. ${attribution}`}
      onAdd={() => {
        const title = `Public holidays ${place}`;
        onDone(
          withHolidays(document, { set, dates: chosen, title, areClosed: true, areNoBusinessDays }),
        );
      }}
    >
      <ScrollArea.Autosize mah={320} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Checkbox.Group label="Review the dates" value={chosen} onChange={setDates}>
          <Stack gap={6} mt={6}>
            {otherDates(props).map((date) => (
              <Checkbox key={date} value={date} label={`${longDate(date)}, in this calendar`} />
            ))}
            {items.map((item) => (
              <HolidayRow key={`${item.date} ${item.name}`} item={item} />
            ))}
          </Stack>
        </Checkbox.Group>
      </ScrollArea.Autosize>
      <Checkbox
        label="They are no business days either"
        checked={areNoBusinessDays}
        onChange={(event) => {
          setNoBusinessDays(event.currentTarget.checked);
        }}
      />
    </FormFrame>
  );
}

/** What the calendar has already, else what is usually free there. */
function datesSoFar({ document, set, proposal }: HolidayReviewProps): readonly string[] {
  const suggested = (proposal?.items ?? []).filter((item) => item.suggested);
  return document.holidays?.[set] ?? suggested.map(({ date }) => date);
}

/** Whether they count as no business days; new ones usually do not. */
function areLeftOut({ document, set }: HolidayReviewProps): boolean {
  if (document.holidays?.[set] === undefined) return true;
  return (document.businessDays?.except ?? []).includes(set);
}

/** The dates of the calendar that nobody proposes: earlier years, and those a person added. */
function otherDates({ document, set, proposal }: HolidayReviewProps): readonly string[] {
  const proposed = new Set(proposal?.items.map(({ date }) => date));
  return (document.holidays?.[set] ?? []).filter((date) => !proposed.has(date));
}

function HolidayRow({ item }: { readonly item: HolidayProposal['items'][number] }): ReactElement {
  return (
    <Checkbox
      value={item.date}
      label={
        <Group gap={6} component="span">
          <span>
            {longDate(item.date)}, {item.name}
          </span>
          {item.substitute && (
            <Badge size="xs" variant="light" tt="none">
              substitute
            </Badge>
          )}
          {item.kind !== 'public' && (
            <Badge size="xs" variant="default" tt="none">
              {item.kind}
            </Badge>
          )}
          {item.note !== null && (
            <Text span size="xs" c="dimmed">
              {item.note}
            </Text>
          )}
        </Group>
      }
    />
  );
}
