import { Alert, Button, Group, List, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { stringify } from 'yaml';
import { api, take } from '../api/client.ts';
import type { Calendar } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { useRights } from '../layout/me.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import classes from './calendars-page.module.css';

interface CalendarEditorProps {
  /** null = a new one. */
  readonly calendar: Calendar | null;
  readonly onSaved: (name: string) => void;
}

/** A calendar as YAML; what is wrong in it is shown at its place, and nothing wrong is saved. */
export function CalendarEditor({ calendar, onSaved }: CalendarEditorProps): ReactElement {
  const { manages } = useRights();
  const stored = calendar === null ? '' : stringify(calendar.document);
  const [yaml, setYaml] = useState(stored);
  const [name, setName] = useState(calendar?.name ?? '');
  const check = useMutation({
    mutationFn: () => take(api.POST('/v1/calendars/validate', { body: { yaml } })),
  });
  const save = useAct(
    () => take(api.PUT('/v1/calendars/{name}', { params: { path: { name } }, body: { yaml } })),
    {
      said: ({ revision }) => `Saved as revision ${revision}`,
      then: (saved) => {
        onSaved(saved.name);
      },
    },
  );
  return (
    <Stack>
      {calendar === null && (
        <TextInput
          label="Name"
          placeholder="acme-evenings"
          required
          value={name}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
      )}
      <Textarea
        className={classes['editor'] ?? ''}
        aria-label="Calendar as YAML"
        autosize
        minRows={16}
        maxRows={36}
        spellCheck={false}
        readOnly={!manages}
        value={yaml}
        onChange={(event) => {
          setYaml(event.currentTarget.value);
          check.reset();
          save.reset();
        }}
      />
      {check.isSuccess && <Verdict problems={check.data.problems} />}
      <Problem error={check.error ?? save.error} />
      {manages ? (
        <EditorButtons
          isChecking={check.isPending}
          isSaving={save.isPending}
          canSave={yaml !== stored && name !== ''}
          onCheck={() => {
            check.mutate();
          }}
          onSave={() => {
            save.mutate(undefined);
          }}
        />
      ) : (
        <Text size="sm" c="dimmed">
          Project managers may edit calendars.
        </Text>
      )}
    </Stack>
  );
}

function Problem({ error }: { readonly error: Error | null }): ReactElement | null {
  return error === null ? null : <ProblemAlert error={error} />;
}

interface EditorButtonsProps {
  readonly isChecking: boolean;
  readonly isSaving: boolean;
  readonly canSave: boolean;
  readonly onCheck: () => void;
  readonly onSave: () => void;
}

function EditorButtons(props: EditorButtonsProps): ReactElement {
  const { isChecking, isSaving, canSave, onCheck, onSave } = props;
  return (
    <Group justify="flex-end">
      <Button variant="default" loading={isChecking} onClick={onCheck}>
        Check
      </Button>
      <Button disabled={!canSave} loading={isSaving} onClick={onSave}>
        Save
      </Button>
    </Group>
  );
}

interface VerdictProps {
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

function Verdict({ problems }: VerdictProps): ReactElement {
  if (problems.length === 0) {
    return <Alert color="teal" title="This calendar can be read" role="status" />;
  }
  return (
    <Alert color="signal" title="This calendar cannot be used yet" role="alert">
      <List size="sm">
        {problems.map(({ path, message }) => (
          <List.Item key={`${path} ${message}`}>
            {path !== '' && <strong>{path}: </strong>}
            {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
