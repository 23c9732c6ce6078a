import { Button, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import { parseDocument, stringify } from 'yaml';
import { api, take } from '../api/client.ts';
import type { CalendarProblem } from '../api/types.ts';
import { IconUpload } from '../icons.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { ProblemPlaces } from '../parts/problem-places.tsx';
import classes from './calendars-page.module.css';
import { asDocument, type CalendarDocument } from './document/calendar-document.ts';
import { type DocumentPath, findInText } from './document/find-in-text.ts';

interface CalendarTextProps {
  readonly document: CalendarDocument;
  /** The part that somebody wants to change; null = no part of its own. */
  readonly at: DocumentPath | null;
  readonly onClose: () => void;
  readonly onEdit: (document: CalendarDocument) => void;
}

/** A calendar to be written by hand or imported; only what can be read becomes a draft. */
export function CalendarText({ document, at, onClose, onEdit }: CalendarTextProps): ReactElement {
  const [yaml, setYaml] = useState(() => stringify(document));
  const check = useMutation({
    mutationFn: () => readText(yaml),
    onSuccess: (reading) => {
      if (reading.document === null) return;
      onEdit(reading.document);
      onClose();
    },
  });
  const write = (text: string): void => {
    setYaml(text);
    check.reset();
  };
  const problems = check.data?.problems ?? [];
  return (
    <Modal opened onClose={onClose} title="The calendar as text" size="xl">
      <Stack>
        {at !== null && (
          <Text size="sm">This says more than a form can show. It is marked in the text.</Text>
        )}
        <Editor yaml={yaml} at={at} onWrite={write} />
        {problems.length > 0 && <ProblemPlaces problems={problems} />}
        {check.isError && <ProblemAlert error={check.error} />}
        <Group justify="space-between">
          <FileButton
            accept=".yaml,.yml,.json"
            onChange={(file) => {
              void file?.text().then(write);
            }}
          >
            {(props) => (
              <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>
                Import a file
              </Button>
            )}
          </FileButton>
          <Button
            loading={check.isPending}
            onClick={() => {
              check.mutate();
            }}
          >
            Show these days
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

interface EditorProps {
  readonly yaml: string;
  readonly at: DocumentPath | null;
  readonly onWrite: (text: string) => void;
}

function Editor({ yaml, at, onWrite }: EditorProps): ReactElement {
  const area = useRef<HTMLTextAreaElement>(null);
  const first = useRef({ yaml, at });
  useEffect(() => {
    const place =
      first.current.at === null ? null : findInText(first.current.yaml, first.current.at);
    if (place === null || area.current === null) return;
    area.current.setSelectionRange(place.start, place.end);
    area.current.scrollTop = area.current.scrollHeight * place.share;
  }, []);
  return (
    <Textarea
      ref={area}
      data-autofocus
      className={classes['editor'] ?? ''}
      aria-label="Calendar as YAML"
      autosize
      minRows={14}
      maxRows={28}
      spellCheck={false}
      value={yaml}
      onChange={(event) => {
        onWrite(event.currentTarget.value);
      }}
    />
  );
}

interface Reading {
  readonly document: CalendarDocument | null;
  readonly problems: readonly CalendarProblem[];
}

/** YAML reads JSON too. What the words mean is asked of the server, before any screen tries to show it. */
async function readText(yaml: string): Promise<Reading> {
  const parsed = parseDocument(yaml, { schema: 'core' });
  const broken = parsed.errors.map(({ code, message }) => ({ code, path: '', message }));
  if (broken.length > 0) return { document: null, problems: broken };
  const fields: unknown = parsed.toJS();
  if (!isRecord(fields)) {
    const message = 'write at least “zone:” and “allow:”';
    return { document: null, problems: [{ code: 'NOT_A_CALENDAR', path: '', message }] };
  }
  const document = asDocument(fields);
  const { problems } = await take(
    api.POST('/v1/calendars/validate', { body: { document: { ...document } } }),
  );
  return problems.length > 0 ? { document: null, problems } : { document, problems };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
