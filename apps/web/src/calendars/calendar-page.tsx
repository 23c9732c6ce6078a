import { Group, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useParams } from 'react-router';
import { calendarQuestion } from '../api/queries.ts';
import type { CalendarDetail } from '../api/types.ts';
import { useRights } from '../layout/me.ts';
import { Ago } from '../parts/moment.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { actorOf, listWords } from '../words/terms.ts';
import { CalendarFile } from './calendar-file.tsx';
import { CalendarText } from './calendar-text.tsx';
import { CalendarUse } from './calendar-use.tsx';
import { asDocument, type CalendarDocument } from './document/calendar-document.ts';
import { describeZone } from './document/describe-rule.ts';
import { formOfCoverage, formOfRule, type RuleForm } from './document/rule-patterns.ts';
import type { DocumentPath } from './document/find-in-text.ts';
import { DraftBar } from './draft-bar.tsx';
import { AddRuleMenu } from './forms/add-rule-menu.tsx';
import { RuleDialog } from './forms/rule-dialog.tsx';
import { type CalendarPart, RuleList } from './rule-list.tsx';
import { CalendarView } from './view/calendar-view.tsx';

/** One calendar: its days at a glance, its rules in words, and every way to change them. */
export function CalendarPage(): ReactElement {
  const { name = '' } = useParams();
  const calendar = useQuery(calendarQuestion(name));
  return (
    <QueryPanel query={calendar} rows={10}>
      {(data) => <OpenCalendar key={`${data.name} ${data.revision}`} calendar={data} />}
    </QueryPanel>
  );
}

/** What is open above the page: a form, or the text with the part that somebody wants to change. */
type Editing =
  | { readonly kind: 'form'; readonly form: RuleForm }
  | { readonly kind: 'text'; readonly at: DocumentPath | null };

function OpenCalendar({ calendar }: { readonly calendar: CalendarDetail }): ReactElement {
  const { manages } = useRights();
  const stored = asDocument(calendar.document);
  const [draft, setDraft] = useState<CalendarDocument | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const document = draft ?? stored;
  return (
    <Page
      title={calendar.name}
      back={{ to: '/calendars', label: 'Calendars' }}
      below={<Below calendar={calendar} document={document} />}
      actions={
        <Group gap="xs">
          <CalendarFile
            calendar={calendar}
            onText={
              manages
                ? () => {
                    setEditing({ kind: 'text', at: null });
                  }
                : null
            }
          />
          {manages && (
            <AddRuleMenu
              onChoose={(pattern) => {
                setEditing({ kind: 'form', form: { pattern, place: null } });
              }}
            />
          )}
        </Group>
      }
    >
      {draft !== null && (
        <DraftBar
          calendar={calendar}
          draft={draft}
          onDiscard={() => {
            setDraft(null);
          }}
        />
      )}
      <CalendarView
        title={draft === null ? 'Days' : 'Days as they would be'}
        subject={draft === null ? { calendar: calendar.name } : { document: { ...draft } }}
        needsZone={document.zone === 'client'}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <RuleList
          document={document}
          edit={
            manages
              ? {
                  onDraft: setDraft,
                  onOpen: (part) => {
                    setEditing(editingOf(document, part));
                  },
                }
              : null
          }
        />
        <CalendarUse calendar={calendar} />
      </SimpleGrid>
      <Editor
        editing={editing}
        document={document}
        onEdit={setDraft}
        onClose={() => {
          setEditing(null);
        }}
      />
    </Page>
  );
}

interface EditorProps {
  readonly editing: Editing | null;
  readonly document: CalendarDocument;
  readonly onEdit: (document: CalendarDocument) => void;
  readonly onClose: () => void;
}

function Editor({ editing, ...rest }: EditorProps): ReactElement | null {
  if (editing === null) return null;
  if (editing.kind === 'form') return <RuleDialog of={editing.form} {...rest} />;
  return <CalendarText at={editing.at} {...rest} />;
}

/** Where a part of a calendar is changed: in the form it was entered in, else in the text. */
function editingOf(document: CalendarDocument, part: CalendarPart): Editing {
  const form = part === 'coverage' ? formOfCoverage(document) : formOfRule(document, part);
  if (form !== null) return { kind: 'form', form };
  return { kind: 'text', at: part === 'coverage' ? [part] : [part.list, part.index] };
}

function Below({
  calendar,
  document,
}: {
  readonly calendar: CalendarDetail;
  readonly document: CalendarDocument;
}): ReactElement {
  const { usedBy, revision, savedBy, savedAt } = calendar;
  return (
    <Text size="sm" c="dimmed">
      In {describeZone(document)} · used by {usedBy.length === 0 ? 'nobody yet' : listWords(usedBy)}{' '}
      · revision {revision} by {actorOf(savedBy)}, <Ago at={savedAt} />
    </Text>
  );
}
