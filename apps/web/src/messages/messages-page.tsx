import { Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { messagesQuestion } from '../api/queries.ts';
import type { MessageStatus } from '../api/types.ts';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { useFilters } from '../parts/use-filter.ts';
import { messageStates } from '../words/states.ts';
import { readable } from '../words/terms.ts';
import { MessageTable } from './message-table.tsx';

const kinds = [
  'preview-planned',
  'fix-on-preview',
  'release-on-preview',
  'approval-reminder',
  'approval-recorded',
  'notice',
  'moved',
  'starting',
  'completed',
  'problem',
  'delayed',
  'withdrawn',
];

const statuses = Object.entries(messageStates).map(([value, { words }]) => ({
  value,
  label: words,
}));

/** The outbox: every mail, its text as sent, and how far it has come. */
export function MessagesPage(): ReactElement {
  const [params, setFilters] = useFilters();
  const status = asStatus(params.get('status'));
  const kind = params.get('kind');
  const messages = useQuery(
    messagesQuestion({
      ...(status === undefined ? {} : { status }),
      ...(kind === null ? {} : { kind }),
    }),
  );
  return (
    <Page
      title="Messages"
      below="Each message is written once, shown as sent, and followed until it arrived."
    >
      <Section
        title="Outbox"
        count={messages.data?.items.length}
        flush
        actions={
          <Group gap="xs">
            <Select
              size="xs"
              aria-label="State"
              placeholder="Every state"
              clearable
              data={statuses}
              value={status ?? null}
              onChange={(value) => {
                setFilters({ status: value });
              }}
            />
            <Select
              size="xs"
              aria-label="Kind"
              placeholder="Every kind"
              clearable
              data={kinds.map((value) => ({ value, label: readable(value) }))}
              value={kind}
              onChange={(value) => {
                setFilters({ kind: value });
              }}
            />
          </Group>
        }
      >
        <QueryPanel query={messages} rows={8}>
          {({ items }) => <MessageTable messages={items} />}
        </QueryPanel>
      </Section>
    </Page>
  );
}

function asStatus(value: string | null): MessageStatus | undefined {
  return value !== null && value in messageStates ? (value as MessageStatus) : undefined;
}
