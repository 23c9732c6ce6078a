import { Anchor, Badge, Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { policiesQuestion, rolloutsQuestion } from '../api/queries.ts';
import type { Cadence } from '../api/types.ts';
import classes from '../calendars/calendars-page.module.css';
import { Ago, placeOf } from '../parts/moment.tsx';
import { shortDate } from '../words/dates.ts';
import { actorOf, countOf, listWords } from '../words/terms.ts';
import {
  asCadence,
  type CadenceDocument,
  describeCadence,
  type WhomDocument,
} from './cadence-document.ts';
import { DateList } from './next-dates.tsx';

interface CadenceCardProps {
  readonly cadence: Cadence;
  /** null = may only be read. */
  readonly onOpen: ((kind: 'form' | 'end' | 'propose') => void) | null;
}

/** A cadence in words, its next dates, and what can be done with it. */
export function CadenceCard({ cadence, onOpen }: CadenceCardProps): ReactElement {
  const { name, title, revision, nextDates, last, savedBy, savedAt } = cadence;
  const document = asCadence(cadence.document);
  const isOver = nextDates.length === 0;
  return (
    <article className={classes['card']} aria-label={title}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <Title order={2} fz="md">
          {title}
        </Title>
        <Badge variant="default" tt="none" fw={500}>
          {isOver ? 'Ended' : name}
        </Badge>
      </Group>
      <Text size="sm">
        {describeCadence(document)}, in {placeOf(document.zone)}
      </Text>
      <Text size="sm" fw={600} mt={4}>
        Next dates
      </Text>
      <DateList dates={nextDates} />
      <TakenOver document={document} />
      <Text size="xs" c="dimmed">
        {last === null ? 'No rollout was started by it yet' : `Last started for ${shortDate(last)}`}{' '}
        · revision {revision} by {actorOf(savedBy)}, <Ago at={savedAt} />
      </Text>
      {onOpen !== null && <Verbs title={title} isOver={isOver} onOpen={onOpen} />}
    </article>
  );
}

/** What the proposed rollout is like. */
function TakenOver({ document }: { readonly document: CadenceDocument }): ReactElement {
  const policies = useQuery(policiesQuestion).data ?? [];
  const rollouts = useQuery(rolloutsQuestion).data ?? [];
  const { policy, like, clients } = document;
  const title = policies.find(({ name }) => name === policy)?.title ?? policy;
  const earlier = rollouts.find(({ id }) => id === like)?.name ?? 'an earlier rollout';
  return (
    <Text size="sm" c="dimmed">
      {title === undefined ? 'The policy is chosen by the change' : `Under “${title}”`}
      {clients !== undefined && `, for ${whomWords(clients)}`}
      {like !== undefined && (
        <>
          , like{' '}
          <Anchor component={Link} to={`/rollouts/${like}`} size="sm" underline="always">
            {earlier}
          </Anchor>
        </>
      )}
    </Text>
  );
}

interface VerbsProps {
  readonly title: string;
  readonly isOver: boolean;
  readonly onOpen: NonNullable<CadenceCardProps['onOpen']>;
}

function Verbs({ title, isOver, onOpen }: VerbsProps): ReactElement {
  const verbs = [
    ['propose', 'Propose the next rollout', isOver],
    ['form', 'Change', false],
    ['end', 'End', isOver],
  ] as const;
  return (
    <Group gap={6} mt="auto" pt="xs">
      {verbs.map(([kind, label, isAway]) =>
        isAway ? null : (
          <Button
            key={kind}
            size="xs"
            variant={kind === 'propose' ? 'filled' : 'default'}
            aria-label={`${label}: ${title}`}
            onClick={() => {
              onOpen(kind);
            }}
          >
            {label}
          </Button>
        ),
      )}
    </Group>
  );
}

function whomWords({ all, keys, tags, reporters }: WhomDocument): string {
  return listWords([
    ...(all === true ? ['every client'] : []),
    ...(tags === undefined ? [] : [`clients with ${listWords(tags)}`]),
    ...(keys === undefined ? [] : [countOf(keys.length, 'client')]),
    ...(reporters === true ? ['who reported it'] : []),
  ]);
}
