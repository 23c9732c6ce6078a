import { Anchor, List, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import {
  agreementsQuestion,
  policiesQuestion,
  timelineQuestion,
  vendorQuestion,
} from '../api/queries.ts';
import type { Client } from '../api/types.ts';
import { IconCalendarX } from '../icons.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { placeOf } from '../parts/moment.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { longDate } from '../words/dates.ts';
import { type ClientLayer, layersOf } from './client-layers.ts';
import { comingDays, type ComingDays, todayIn, weeksFrom } from './coming-days.ts';

const shownWeeks = 6;

interface ClientCalendarProps {
  readonly client: Pick<Client, 'key' | 'name' | 'zone' | 'calendar'>;
}

/** What decides this client's days, and the windows of the next weeks with what closes the others. */
export function ClientCalendar({ client }: ClientCalendarProps): ReactElement {
  const today = todayIn(client.zone);
  const timeline = useQuery(
    timelineQuestion({ client: client.key, ...weeksFrom(today, shownWeeks) }),
  );
  return (
    <Section title="Calendar">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Layers client={client} today={today} />
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            The next {shownWeeks} weeks, in {placeOf(client.zone)}
          </Text>
          <QueryPanel query={timeline} rows={5}>
            {({ days, summary }) => <Coming days={comingDays(days)} summary={summary} />}
          </QueryPanel>
        </Stack>
      </SimpleGrid>
    </Section>
  );
}

interface LayersProps extends ClientCalendarProps {
  readonly today: string;
}

function Layers({ client, today }: LayersProps): ReactElement {
  const vendor = useQuery(vendorQuestion);
  const policies = useQuery(policiesQuestion).data ?? [];
  const agreements = useQuery(agreementsQuestion(client.key)).data ?? [];
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        What decides the days
      </Text>
      <Text size="xs" c="dimmed">
        A day is open when every layer is.
      </Text>
      <QueryPanel query={vendor} rows={3}>
        {(data) => (
          <Table verticalSpacing="xs">
            <Table.Tbody>
              {layersOf({ vendor: data, policies, client, agreements, today }).map((layer) => (
                <LayerRow key={layer.id} layer={layer} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </QueryPanel>
    </Stack>
  );
}

function LayerRow({ layer }: { readonly layer: ClientLayer }): ReactElement {
  const { what, calendar, note } = layer;
  return (
    <Table.Tr>
      <Table.Th scope="row" w={96} fw={500}>
        {layer.layer}
      </Table.Th>
      <Table.Td>
        {calendar === null ? (
          <Text size="sm">{what}</Text>
        ) : (
          <Anchor component={Link} to={`/calendars/${encodeURIComponent(calendar)}`} size="sm">
            {what}
          </Anchor>
        )}
        {note !== null && note !== '' && (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

interface ComingProps {
  readonly days: readonly ComingDays[];
  readonly summary: string;
}

function Coming({ days, summary }: ComingProps): ReactElement {
  if (days.length === 0) {
    return (
      <EmptyState title="No open day in sight" icon={IconCalendarX}>
        No layer allows a day in these weeks. Look at the calendars beside this.
      </EmptyState>
    );
  }
  return (
    <>
      <Text size="sm">{summary}</Text>
      <Table verticalSpacing="xs">
        <Table.Tbody>
          {days.map((each) => (
            <ComingRow key={each.from} days={each} />
          ))}
        </Table.Tbody>
      </Table>
    </>
  );
}

function ComingRow({ days }: { readonly days: ComingDays }): ReactElement {
  const { from, to, hours, reasons, planned } = days;
  return (
    <Table.Tr>
      <Table.Th scope="row" w="45%" fw={500}>
        {longDate(from)}
        {to !== from && ` to ${longDate(to)}`}
      </Table.Th>
      <Table.Td>
        {hours.length > 0 ? (
          <Text size="sm" fw={600} c="var(--daymark-good)">
            Open {hours.join(' and ')}
          </Text>
        ) : (
          <Text size="sm" fw={600}>
            Closed
          </Text>
        )}
        {reasons.length > 0 && (
          <List size="xs" c="dimmed">
            {reasons.map((reason) => (
              <List.Item key={reason}>{reason}</List.Item>
            ))}
          </List>
        )}
        {planned.map(({ rollout, rolloutId }) => (
          <Text key={rolloutId} size="xs">
            Planned here:{' '}
            <Anchor component={Link} to={`/rollouts/${rolloutId}`} size="xs">
              {rollout}
            </Anchor>
          </Text>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
