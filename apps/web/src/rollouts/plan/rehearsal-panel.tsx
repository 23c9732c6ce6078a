import { Button, List, SimpleGrid, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { api, take } from '../../api/client.ts';
import type { Rehearsal } from '../../api/types.ts';
import { readAt, readSpan } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { Section } from '../../parts/section.tsx';
import { readable, sentence } from '../../words/terms.ts';
import { RehearsalForm, type Suppositions } from './rehearsal-form.tsx';

/** Runs the plan many times with answers, failures and silence as they usually come. Nothing is done. */
export function RehearsalPanel({ planId }: { readonly planId: string }): ReactElement {
  const rehearse = useMutation({
    mutationFn: (suppositions: Suppositions) =>
      take(
        api.POST('/v1/plans/{id}/rehearsal', {
          params: { path: { id: planId } },
          body: { ...suppositions, runs: 200 },
        }),
      ),
  });
  return (
    <Section title="Rehearsal">
      <Stack>
        <Text size="sm" c="dimmed">
          When would it be finished, how many messages would leave, and which hour would be the
          busiest for support? Nothing is done and nobody is written to. The same seed gives the
          same answer.
        </Text>
        <RehearsalForm isBusy={rehearse.isPending} onRehearse={rehearse.mutate} />
        {rehearse.isError && <ProblemAlert error={rehearse.error} />}
        <Text fw={600} role="status">
          {rehearse.data?.sentence}
        </Text>
        {rehearse.data !== undefined && <Rehearsed rehearsal={rehearse.data} />}
      </Stack>
    </Section>
  );
}

function Rehearsed({ rehearsal }: { readonly rehearsal: Rehearsal }): ReactElement {
  const { completion, busiestHour, messages, verified, clients, sources, timeline } = rehearsal;
  const total = messages.reduce((sum, { count }) => sum + count, 0);
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure title="Finished, every second time" value={orNever(completion.p50)} />
        <Figure title="Finished, nine times of ten" value={orNever(completion.p90)} />
        <Figure
          title="Clients done"
          value={`${verified.median} of ${clients}`}
          below={`${verified.min} to ${verified.max} in ${rehearsal.runs} runs`}
        />
        <Figure
          title="Busiest hour"
          value={busiestHour === null ? 'None' : readSpan(busiestHour.start, busiestHour.end)}
          {...(busiestHour === null
            ? {}
            : {
                below: `${round(busiestHour.deployments)} deployments, ${round(busiestHour.messages)} messages`,
              })}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <div>
          <Text size="sm" fw={600} mb={4}>
            {round(total)} messages would leave
          </Text>
          <List size="sm">
            {messages.map(({ kind, count }) => (
              <List.Item key={kind}>
                {readable(kind)}: {round(count)}
              </List.Item>
            ))}
          </List>
        </div>
        <div>
          <Text size="sm" fw={600} mb={4}>
            How it would go
          </Text>
          <Course timeline={timeline} />
        </div>
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        {sources.map(sentence).join('. ')}.
      </Text>
    </Stack>
  );
}

/** What happens when, in the run that ends in the middle. */
function Course({ timeline }: Pick<Rehearsal, 'timeline'>): ReactElement {
  const [shown, setShown] = useState(12);
  return (
    <>
      <List size="sm">
        {timeline.slice(0, shown).map(({ at, text }, index) => (
          <List.Item key={index}>
            {readAt(at)}: {text}
          </List.Item>
        ))}
      </List>
      {timeline.length > shown && (
        <Button
          mt="xs"
          size="xs"
          variant="subtle"
          onClick={() => {
            setShown(shown + 100);
          }}
        >
          Show more of {timeline.length}
        </Button>
      )}
    </>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: string;
  readonly below?: string;
}

function Figure({ title, value, below }: FigureProps): ReactElement {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      <Text fw={650}>{value}</Text>
      {below !== undefined && (
        <Text size="xs" c="dimmed">
          {below}
        </Text>
      )}
    </div>
  );
}

function orNever(at: string | null): string {
  return at === null ? 'Not in most runs' : readAt(at);
}

function round(count: number): number {
  return Math.round(count * 10) / 10;
}
