import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactElement } from 'react';
import { useAct } from '../../api/use-act.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { countOf } from '../../words/terms.ts';
import { ControlEffects } from './control-effects.tsx';
import { control, type ControlVerb, verbWords } from './control-verbs.ts';

interface ControlDialogProps {
  readonly rolloutId: string;
  readonly verb: ControlVerb;
  readonly clients: readonly string[];
  readonly onClose: () => void;
}

/** Shows whom a verb touches and which messages would leave, then runs it. */
export function ControlDialog({
  rolloutId,
  verb,
  clients,
  onClose,
}: ControlDialogProps): ReactElement {
  const [reason, setReason] = useState('');
  const [extra, setExtra] = useState('');
  const words = verbWords[verb];
  const preview = useQuery({
    queryKey: ['rollout', rolloutId, 'preview', verb, clients],
    queryFn: () => control({ rolloutId, verb, clients, reason: 'Preview' }, true),
  });
  const act = useAct(
    () =>
      control({ rolloutId, verb, clients, reason: reason.trim(), ...extraOf(verb, extra) }, false),
    {
      said: ({ affected }) => `${words.done}: ${countOf(affected.length, 'client')}`,
      then: onClose,
    },
  );
  const affected = preview.data?.affected.length ?? 0;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    act.mutate(undefined);
  };
  return (
    <Modal opened onClose={onClose} title={titleOf(verb, clients.length)} size="lg">
      <form onSubmit={submit}>
        <Stack gap="md">
          {verb !== 'release' && (
            <TextInput
              data-autofocus
              required
              label="Reason"
              description="Becomes part of the story and of the evidence."
              value={reason}
              onChange={(event) => {
                setReason(event.currentTarget.value);
              }}
            />
          )}
          <ExtraField verb={verb} value={extra} onChange={setExtra} />
          <QueryPanel query={preview} rows={3}>
            {(result) => <ControlEffects result={result} />}
          </QueryPanel>
          {act.isError && <ProblemAlert error={act.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={words.danger ? 'signal' : 'harbour'}
              loading={act.isPending}
              disabled={
                (verb !== 'stop' && affected === 0) || (verb !== 'release' && reason.trim() === '')
              }
            >
              {words.does}
              {affected > 0 && ` (${countOf(affected, 'client')})`}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

interface ExtraFieldProps {
  readonly verb: ControlVerb;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function ExtraField({ verb, value, onChange }: ExtraFieldProps): ReactElement | null {
  if (verb !== 'hold' && verb !== 'skip') return null;
  return (
    <TextInput
      type={verb === 'hold' ? 'datetime-local' : 'text'}
      label={verb === 'hold' ? 'Until (your time)' : 'They get it with version'}
      description={verb === 'hold' ? 'Empty = until somebody releases it.' : 'Empty = not said.'}
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

function titleOf(verb: ControlVerb, count: number): string {
  if (verb === 'stop') return 'Stop this rollout for good';
  return `${verbWords[verb].does} ${countOf(count, 'client')}`;
}

function extraOf(verb: ControlVerb, extra: string): { until?: string; nextVersion?: string } {
  if (extra === '') return {};
  if (verb === 'hold') return { until: new Date(extra).toISOString() };
  return verb === 'skip' ? { nextVersion: extra } : {};
}
