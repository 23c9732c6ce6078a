import { Alert, List, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { todayIn, weeksFrom } from '../agreements/coming-days.ts';
import { api, take } from '../api/client.ts';
import { QueryPanel } from '../parts/query-panel.tsx';
import { longDate } from '../words/dates.ts';
import type { CadenceDocument } from './cadence-document.ts';

const shownDates = 5;

/** Two years, as far as the server looks ahead for a cadence. */
const weeksAhead = 104;

/** The dates that days not saved yet come to, as the server reads them. */
export function NextDates({ zone, on }: Pick<CadenceDocument, 'zone' | 'on'>): ReactElement {
  const { from, to } = weeksFrom(todayIn(zone), weeksAhead);
  const question = { ask: 'dates', calendar: { zone }, on, from, to };
  const dates = useQuery({
    queryKey: ['cadences', 'dates', question],
    queryFn: async () => {
      const { answers } = await take(
        api.POST('/v1/calendars/ask', { body: { questions: [question] } }),
      );
      return readAnswer(answers[0] ?? {});
    },
    placeholderData: keepPreviousData,
  });
  return (
    <QueryPanel query={dates} rows={2}>
      {(answer) =>
        typeof answer === 'string' ? (
          <Alert color="signal" title="These days cannot be read" role="alert">
            {answer}
          </Alert>
        ) : (
          <DateList dates={answer.slice(0, shownDates)} />
        )
      }
    </QueryPanel>
  );
}

/** Dates one below the other, or that there is none. */
export function DateList({ dates }: { readonly dates: readonly string[] }): ReactElement {
  if (dates.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No day within the next two years.
      </Text>
    );
  }
  return (
    <List size="sm">
      {dates.map((date) => (
        <List.Item key={date}>{longDate(date)}</List.Item>
      ))}
    </List>
  );
}

/** The dates, or in words why there are none. */
function readAnswer(answer: Readonly<Record<string, unknown>>): readonly string[] | string {
  const { dates, error } = answer as {
    readonly dates?: readonly string[];
    readonly error?: { readonly message: string };
  };
  return dates ?? error?.message ?? 'The server gave no dates.';
}
