import { Button, NavLink, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { calendarsQuestion } from '../api/queries.ts';
import type { Calendar } from '../api/types.ts';
import { IconCalendar, IconPlus } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Ago } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { CalendarEditor } from './calendar-editor.tsx';
import classes from './calendars-page.module.css';

/** Windows, freezes and coverage, as files that are checked before they count. */
export function CalendarsPage(): ReactElement {
  const calendars = useQuery(calendarsQuestion);
  const [name, setName] = useFilter('name');
  const { manages } = useRights();
  return (
    <Page
      title="Calendars"
      below="When work may start, when it may not, and who is on duty."
      actions={
        manages && (
          <Button
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              setName('new');
            }}
          >
            New calendar
          </Button>
        )
      }
    >
      <QueryPanel query={calendars}>
        {(all) => <Chosen all={all} name={name ?? all[0]?.name ?? null} onChoose={setName} />}
      </QueryPanel>
    </Page>
  );
}

interface ChosenProps {
  readonly all: readonly Calendar[];
  readonly name: string | null;
  readonly onChoose: (name: string) => void;
}

function Chosen({ all, name, onChoose }: ChosenProps): ReactElement {
  const chosen = all.find((calendar) => calendar.name === name) ?? null;
  return (
    <div className={classes['split']}>
      <Section title="Calendars" count={all.length}>
        <Stack gap={2}>
          {all.map((calendar) => (
            <NavLink
              key={calendar.name}
              component="button"
              label={calendar.name}
              description={`Revision ${calendar.revision}`}
              active={calendar.name === name}
              onClick={() => {
                onChoose(calendar.name);
              }}
            />
          ))}
        </Stack>
      </Section>
      {chosen === null && name !== 'new' ? (
        <NoneChosen />
      ) : (
        <ChosenCalendar calendar={chosen} onSaved={onChoose} />
      )}
    </div>
  );
}

function NoneChosen(): ReactElement {
  return (
    <Section title="Calendar">
      <EmptyState title="No calendar chosen" icon={IconCalendar}>
        Without a calendar no window is open, and nothing starts.
      </EmptyState>
    </Section>
  );
}

interface ChosenCalendarProps {
  /** null = a new one. */
  readonly calendar: Calendar | null;
  readonly onSaved: (name: string) => void;
}

function ChosenCalendar({ calendar, onSaved }: ChosenCalendarProps): ReactElement {
  return (
    <Section
      title={calendar?.name ?? 'New calendar'}
      actions={
        calendar !== null && (
          <Text size="xs" c="dimmed">
            Revision {calendar.revision} by {calendar.savedBy}, <Ago at={calendar.savedAt} />
          </Text>
        )
      }
    >
      <CalendarEditor
        key={calendar === null ? 'new' : `${calendar.name} ${calendar.revision}`}
        calendar={calendar}
        onSaved={onSaved}
      />
    </Section>
  );
}
