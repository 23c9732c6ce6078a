import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { calendarsQuestion } from '../api/queries.ts';
import type { Calendar } from '../api/types.ts';
import { IconCalendar, IconPlus } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Ago } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { actorOf, listWords } from '../words/terms.ts';
import classes from './calendars-page.module.css';
import { asDocument } from './document/calendar-document.ts';
import { describeCoverage, describeRule, describeZone } from './document/describe-rule.ts';
import { rulesOf } from './document/edit-document.ts';
import { NewCalendarDialog } from './new-calendar-dialog.tsx';

/** Every calendar with what it says, and who keeps to it. */
export function CalendarsPage(): ReactElement {
  const calendars = useQuery(calendarsQuestion);
  const [isNew, setNew] = useState(false);
  const { manages } = useRights();
  return (
    <Page
      title="Calendars"
      below="When work may start, when it may not, and who has to be there."
      actions={
        manages && (
          <Button
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              setNew(true);
            }}
          >
            New calendar
          </Button>
        )
      }
    >
      <QueryPanel
        query={calendars}
        isEmpty={(all) => all.length === 0}
        empty={
          <EmptyState title="No calendar yet" icon={IconCalendar}>
            Without a calendar no window is open, and nothing starts.
          </EmptyState>
        }
      >
        {(all) => (
          <div className={classes['cards']}>
            {all.map((calendar) => (
              <CalendarCard key={calendar.name} calendar={calendar} />
            ))}
          </div>
        )}
      </QueryPanel>
      {isNew && (
        <NewCalendarDialog
          taken={calendars.data?.map(({ name }) => name) ?? []}
          onClose={() => {
            setNew(false);
          }}
        />
      )}
    </Page>
  );
}

function CalendarCard({ calendar }: { readonly calendar: Calendar }): ReactElement {
  const document = asDocument(calendar.document);
  const closed = rulesOf(document, 'deny');
  return (
    <article className={classes['card']}>
      <Group justify="space-between" align="flex-start">
        <Anchor
          component={Link}
          to={`/calendars/${encodeURIComponent(calendar.name)}`}
          fw={650}
          className={classes['cardLink'] ?? ''}
        >
          {calendar.name}
        </Anchor>
        <Badge variant="default" tt="none" fw={500}>
          {describeZone(document)}
        </Badge>
      </Group>
      {document.allow === 'always' && <Text size="sm">Open at any time</Text>}
      {rulesOf(document, 'allow').map((rule, index) => (
        <Text key={index} size="sm">
          {describeRule(rule)}
        </Text>
      ))}
      {closed.length > 0 && (
        <Text size="sm" c="dimmed">
          Not: {closed.map((rule) => rule.name ?? describeRule(rule)).join(', ')}
        </Text>
      )}
      {document.coverage !== undefined && (
        <Text size="sm" c="dimmed">
          Needs {listWords(describeCoverage(document.coverage))}
        </Text>
      )}
      <Text size="xs" c="dimmed" mt="auto" pt="xs">
        {calendar.usedBy.length === 0 ? 'Used by nobody yet' : usedBy(calendar.usedBy)} · revision{' '}
        {calendar.revision} by {actorOf(calendar.savedBy)}, <Ago at={calendar.savedAt} />
      </Text>
    </article>
  );
}

function usedBy(users: readonly string[]): string {
  const shown = users.slice(0, 3);
  const more = users.length - shown.length;
  return `Used by ${listWords(more > 0 ? [...shown, `${more} more`] : shown)}`;
}
