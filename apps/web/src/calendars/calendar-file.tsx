import { Button, FileButton, Group, Menu, Modal, Stack, Textarea } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { parseDocument, stringify } from 'yaml';
import type { CalendarDetail, CalendarProblem } from '../api/types.ts';
import { IconDownload, IconFileCode, IconUpload } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { ProblemPlaces } from '../parts/problem-places.tsx';
import classes from './calendars-page.module.css';
import { asDocument, type CalendarDocument } from './document/calendar-document.ts';

interface CalendarFileProps {
  readonly calendar: CalendarDetail;
  readonly document: CalendarDocument;
  readonly onEdit: (document: CalendarDocument) => void;
}

/** The calendar as a file: to take away, to bring, or to write by hand. */
export function CalendarFile({ calendar, document, onEdit }: CalendarFileProps): ReactElement {
  const { manages } = useRights();
  const [text, setText] = useState<string | null>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconFileCode size={16} />}>
            File
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconDownload size={14} />}
            component="a"
            href={fileOf(calendar.yaml, 'application/yaml')}
            download={`${calendar.name}.yaml`}
          >
            Export as YAML
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={14} />}
            component="a"
            href={fileOf(JSON.stringify(calendar.document, null, 2), 'application/json')}
            download={`${calendar.name}.json`}
          >
            Export as JSON
          </Menu.Item>
          {manages && (
            <Menu.Item
              leftSection={<IconUpload size={14} />}
              onClick={() => {
                setText(stringify(document));
              }}
            >
              Edit as text, or import
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {text !== null && (
        <TextDialog
          text={text}
          onClose={() => {
            setText(null);
          }}
          onEdit={onEdit}
        />
      )}
    </>
  );
}

interface TextDialogProps {
  readonly text: string;
  readonly onClose: () => void;
  readonly onEdit: (document: CalendarDocument) => void;
}

function TextDialog({ text, onClose, onEdit }: TextDialogProps): ReactElement {
  const [yaml, setYaml] = useState(text);
  const [problems, setProblems] = useState<readonly CalendarProblem[]>([]);
  const take = (): void => {
    const reading = readText(yaml);
    if (reading.document === null) {
      setProblems(reading.problems);
      return;
    }
    onEdit(reading.document);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="The calendar as text" size="xl">
      <Stack>
        <Textarea
          className={classes['editor'] ?? ''}
          aria-label="Calendar as YAML"
          autosize
          minRows={14}
          maxRows={28}
          spellCheck={false}
          value={yaml}
          onChange={(event) => {
            setYaml(event.currentTarget.value);
            setProblems([]);
          }}
        />
        {problems.length > 0 && <ProblemPlaces problems={problems} />}
        <Group justify="space-between">
          <FileButton
            accept=".yaml,.yml,.json"
            onChange={(file) => {
              void file?.text().then(setYaml);
            }}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>
                Import a file
              </Button>
            )}
          </FileButton>
          <Button onClick={take}>Show these days</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** YAML reads JSON too. What the words mean is checked by the server when the days are shown. */
function readText(yaml: string): {
  readonly document: CalendarDocument | null;
  readonly problems: readonly CalendarProblem[];
} {
  const parsed = parseDocument(yaml, { schema: 'core' });
  const problems = parsed.errors.map(({ code, message }) => ({ code, path: '', message }));
  const fields: unknown = problems.length > 0 ? null : parsed.toJS();
  if (problems.length > 0) return { document: null, problems };
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    const message = 'write at least “zone:” and “allow:”';
    return { document: null, problems: [{ code: 'NOT_A_CALENDAR', path: '', message }] };
  }
  return { document: asDocument(fields as Record<string, unknown>), problems: [] };
}

function fileOf(text: string, type: string): string {
  return `data:${type};charset=utf-8,${encodeURIComponent(text)}`;
}
