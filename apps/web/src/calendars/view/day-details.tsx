import { Anchor, List, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { TimelineDay } from '../../api/types.ts';
import { readAt } from '../../parts/moment.tsx';
import { longDate } from '../../words/dates.ts';
import { countOf, listWords, readable } from '../../words/terms.ts';
import { hoursOf } from './day-look.ts';

/** All that is known of one day: open hours, what closes it and until when, and who is planned. */
export function DayDetails({ day }: { readonly day: TimelineDay }): ReactElement {
  return (
    <Stack gap="sm" aria-live="polite">
      <Text fw={650}>{longDate(day.date)}</Text>
      {day.open.map((stretch) => (
        <div key={stretch.start}>
          <Text size="sm" fw={600} c="var(--daymark-good)">
            Open {hoursOf(stretch)}
          </Text>
          <Text size="xs" c="dimmed">
            {listWords(stretch.rules)} · your time {readAt(stretch.start)}
          </Text>
        </div>
      ))}
      {day.open.length === 0 && (
        <Text size="sm" fw={600}>
          Closed all day
        </Text>
      )}
      {day.closedBecause.length > 0 && (
        <List size="sm" spacing={4}>
          {day.closedBecause.map(({ layer, rule, text, until }) => (
            <List.Item key={`${layer} ${rule} ${text}`}>
              {text}
              <Text size="xs" c="dimmed">
                {layer === 'calendar' ? rule : `${readable(layer)}: ${rule}`}
                {until !== null && ` · until ${readAt(until)}`}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
      {day.slots.length > 0 && <Slots day={day} />}
    </Stack>
  );
}

function Slots({ day }: { readonly day: TimelineDay }): ReactElement {
  return (
    <div>
      <Text size="sm" fw={600}>
        {countOf(day.slots.length, 'client')} planned
      </Text>
      <List size="sm">
        {day.slots.map(({ start, client, clientName, rollout, rolloutId }) => (
          <List.Item key={`${rolloutId} ${client}`}>
            <Anchor
              component={Link}
              to={`/rollouts/${rolloutId}?client=${encodeURIComponent(client)}`}
              size="sm"
            >
              {clientName}
            </Anchor>
            <Text size="xs" c="dimmed">
              {readAt(start)} · {rollout}
            </Text>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
