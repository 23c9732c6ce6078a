import { Button, Group, Modal, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import { useState, type SubmitEvent, type ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { api, take } from '../api/client.ts';
import { useAct } from '../api/use-act.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';

/** A hotfix or a release begins with its version and a title. */
export function NewChangeDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const navigate = useNavigate();
  const [kind, setKind] = useState<'hotfix' | 'release'>('release');
  const [critical, setCritical] = useState(false);
  const create = useAct(
    (body: { readonly version: string; readonly title: string }) =>
      take(api.POST('/v1/changes', { body: { kind, critical, ...body } })),
    { then: ({ version }) => void navigate(`/changes/${encodeURIComponent(version)}`) },
  );
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({ version: fieldOf(form, 'version'), title: fieldOf(form, 'title') });
  };
  return (
    <Modal opened onClose={onClose} title="New change" size="md">
      <form onSubmit={submit}>
        <Stack>
          <SegmentedControl
            aria-label="Kind"
            value={kind}
            onChange={(value) => {
              setKind(value === 'hotfix' ? 'hotfix' : 'release');
            }}
            data={[
              { value: 'release', label: 'Release' },
              { value: 'hotfix', label: 'Hotfix' },
            ]}
          />
          <TextInput name="version" label="Version" placeholder="8.3.0" required data-autofocus />
          <TextInput
            name="title"
            label="Title"
            placeholder="What it is about, in a few words"
            required
          />
          <Switch
            label="Critical"
            checked={critical}
            onChange={(event) => {
              setCritical(event.currentTarget.checked);
            }}
          />
          {create.isError && <ProblemAlert error={create.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}
