import {
  Button,
  Group,
  NumberInput,
  Radio,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState, type SubmitEvent, type ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import type { Assessment, Change } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';

interface AssessmentFormProps {
  readonly change: Change;
  readonly onDone: () => void;
}

/** Judges what a change means for clients; begins with the judgement so far. */
export function AssessmentForm({ change, onDone }: AssessmentFormProps): ReactElement {
  const before = change.assessment ?? unjudged;
  const [impact, setImpact] = useState<Assessment['impact'] | null>(before.impact);
  const [downtime, setDowntime] = useState<number | null>(before.downtimeMinutes);
  const [clientAction, setClientAction] = useState(before.clientAction ?? '');
  const [reversible, setReversible] = useState(before.reversible);
  const [reportedBy, setReportedBy] = useState<string[]>([...before.reportedBy]);
  const [note, setNote] = useState(before.note ?? '');
  const save = useAct(
    (chosen: Assessment['impact']) =>
      take(
        api.POST('/v1/changes/{version}/assessments', {
          params: { path: { version: change.version } },
          body: {
            impact: chosen,
            reversible,
            reportedBy,
            ...(downtime === null ? {} : { downtimeMinutes: downtime }),
            ...(clientAction === '' ? {} : { clientAction }),
            ...(note === '' ? {} : { note }),
          },
        }),
      ),
    { said: () => 'The assessment is saved', then: onDone },
  );
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (impact !== null) save.mutate(impact);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Radio.Group
          label="Impact"
          required
          value={impact}
          onChange={(value) => {
            setImpact(asImpact(value));
          }}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="transparent" label="Transparent: nobody will notice it" />
            <Radio value="visible" label="Visible: people will see it" />
            <Radio value="action needed" label="Action needed: the client must do something" />
          </Stack>
        </Radio.Group>
        {impact === 'action needed' && (
          <TextInput
            label="What the client must do"
            required
            value={clientAction}
            onChange={(event) => {
              setClientAction(event.currentTarget.value);
            }}
          />
        )}
        <Group grow align="flex-end">
          <NumberInput
            label="Downtime in minutes"
            min={0}
            allowDecimal={false}
            value={downtime ?? ''}
            onChange={(value) => {
              setDowntime(typeof value === 'number' ? value : null);
            }}
          />
          <Switch
            label="Can be taken back"
            checked={reversible}
            onChange={(event) => {
              setReversible(event.currentTarget.checked);
            }}
          />
        </Group>
        <TagsInput
          label="Reported by (keys of clients)"
          description="They can be asked first and form a cohort of their own."
          value={reportedBy}
          onChange={setReportedBy}
        />
        <Textarea
          label="Note"
          autosize
          minRows={2}
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
          }}
        />
        {save.isError && <ProblemAlert error={save.error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={save.isPending} disabled={impact === null}>
            Save assessment
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Nothing is said about the impact on purpose: a preselected answer is not a judgement. */
const unjudged = {
  impact: null,
  downtimeMinutes: null,
  clientAction: null,
  reversible: true,
  reportedBy: [],
  note: null,
} as const;

function asImpact(value: string | null): Assessment['impact'] | null {
  const impacts = ['transparent', 'visible', 'action needed'] as const;
  return impacts.find((impact) => impact === value) ?? null;
}
