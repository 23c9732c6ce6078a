import { Badge, Button, Group, Switch, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { agreementsQuestion } from '../api/queries.ts';
import type { Agreement, Client } from '../api/types.ts';
import { IconPlus, IconUserCheck } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Moment } from '../parts/moment.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { actorOf } from '../words/terms.ts';
import { AgreementDialog } from './agreement-dialog.tsx';
import {
  agreementWords,
  kindWords,
  spanWords,
  standingOf,
  standingWords,
} from './agreement-words.ts';
import { todayIn } from './coming-days.ts';
import { EndAgreementDialog } from './end-agreement-dialog.tsx';

interface AgreementListProps {
  readonly client: Pick<Client, 'key' | 'name' | 'zone'>;
}

/** What this client agreed that differs from the policy, and the way to add and end it. */
export function AgreementList({ client }: AgreementListProps): ReactElement {
  const { manages } = useRights();
  const agreements = useQuery(agreementsQuestion(client.key));
  const [isAdding, setAdding] = useState(false);
  const today = todayIn(client.zone);
  const all = agreements.data ?? [];
  const open = all.filter((each) => isOpen(each, today));
  return (
    <Section
      title="Agreements"
      count={agreements.data === undefined ? undefined : open.length}
      flush
      actions={
        manages && (
          <Button
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => {
              setAdding(true);
            }}
          >
            Add an agreement
          </Button>
        )
      }
    >
      <QueryPanel
        query={agreements}
        rows={2}
        isEmpty={(items) => items.length === 0}
        empty={
          <EmptyState title="Nothing agreed beside the policy" icon={IconUserCheck}>
            Own rollout days, a freeze, earlier notice, another consent, moving dates: whatever this
            client was promised belongs here, with where it was promised.
          </EmptyState>
        }
      >
        {(items) => <Agreements client={client} items={items} today={today} />}
      </QueryPanel>
      {isAdding && (
        <AgreementDialog
          client={client}
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Section>
  );
}

interface AgreementsProps {
  readonly client: Pick<Client, 'key' | 'name'>;
  readonly items: readonly Agreement[];
  readonly today: string;
}

function Agreements({ client, items, today }: AgreementsProps): ReactElement {
  const [withPast, setWithPast] = useState(false);
  const [ending, setEnding] = useState<Agreement | null>(null);
  const past = items.filter((each) => !isOpen(each, today)).length;
  const shown = withPast ? items : items.filter((each) => isOpen(each, today));
  return (
    <>
      {shown.length === 0 ? (
        <EmptyState title="No agreement holds now" icon={IconUserCheck} />
      ) : (
        <Table.ScrollContainer minWidth={760} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
          <Table verticalSpacing="sm" horizontalSpacing="md">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Agreed</Table.Th>
                <Table.Th>Where, and who looks after it</Table.Th>
                <Table.Th>Since, until</Table.Th>
                <Table.Th>Critical hotfixes</Table.Th>
                <Table.Th aria-label="What can be done" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((each) => (
                <AgreementRow key={each.id} agreement={each} today={today} onEnd={setEnding} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {past > 0 && (
        <Group px="md" py="sm">
          <Switch
            size="xs"
            label={`Show what holds no more (${past})`}
            checked={withPast}
            onChange={(event) => {
              setWithPast(event.currentTarget.checked);
            }}
          />
        </Group>
      )}
      {ending !== null && (
        <EndAgreementDialog
          client={client}
          agreement={ending}
          onClose={() => {
            setEnding(null);
          }}
        />
      )}
    </>
  );
}

interface AgreementRowProps {
  readonly agreement: Agreement;
  readonly today: string;
  readonly onEnd: (agreement: Agreement) => void;
}

function AgreementRow({ agreement, today, onEnd }: AgreementRowProps): ReactElement {
  const { manages } = useRights();
  const { kind, source, owner, bindsCritical, ended } = agreement;
  const standing = standingOf(agreement, today);
  return (
    <Table.Tr>
      <Table.Td maw={420}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {kindWords[kind]}
          </Text>
          {standing !== 'holds' && (
            <Badge size="sm" variant="default" tt="none">
              {standingWords[standing]}
            </Badge>
          )}
        </Group>
        <Text size="sm">{agreementWords(agreement)}</Text>
        {ended !== null && (
          <Text size="xs" c="dimmed" component="div">
            Ended by {actorOf(ended.by)}: {ended.reason} <Moment at={ended.at} />
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm">{source}</Text>
        <Text size="xs" c="dimmed">
          {owner}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{spanWords(agreement)}</Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm">{bindsCritical ? 'Bound too' : 'Left aside for them'}</Text>
      </Table.Td>
      <Table.Td ta="end">
        {manages && isOpen(agreement, today) && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`End: ${agreementWords(agreement)}`}
            onClick={() => {
              onEnd(agreement);
            }}
          >
            End
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function isOpen(agreement: Agreement, today: string): boolean {
  return ['holds', 'coming'].includes(standingOf(agreement, today));
}
