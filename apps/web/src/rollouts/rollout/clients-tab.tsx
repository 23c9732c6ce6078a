import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactElement } from 'react';
import { rolloutClientsQuestion } from '../../api/queries.ts';
import type { ClientRow, Rollout } from '../../api/types.ts';
import { IconSearch, IconUsers } from '../../icons.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { Section } from '../../parts/section.tsx';
import { useFilters } from '../../parts/use-filter.ts';
import { clientStates } from '../../words/states.ts';
import { ClientTable } from './client-table.tsx';
import { ControlDialog } from './control-dialog.tsx';
import { type ClientVerb, verbWords } from './control-verbs.ts';

const verbs: readonly ClientVerb[] = ['hold', 'release', 'retry', 'skip'];

/** The clients of a rollout: filtered in the address, picked for the bulk verbs. */
export function ClientsTab({ rollout }: { readonly rollout: Rollout }): ReactElement {
  const [params, setFilters] = useFilters();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const [verb, setVerb] = useState<ClientVerb | null>(null);
  const clients = useQuery(rolloutClientsQuestion(rollout.id));
  const rows = useMemo(
    () => (clients.data ?? []).filter((row) => suits(row, params)),
    [clients.data, params],
  );
  const chosen = rows.filter(({ key }) => picked.has(key));
  return (
    <Section
      title="Clients"
      count={clients.data === undefined ? undefined : rows.length}
      flush
      actions={<Filters rollout={rollout} params={params} onChange={setFilters} />}
    >
      {chosen.length > 0 && (
        <Group gap="xs" px="md" py="xs" role="toolbar" aria-label="For the picked clients">
          <Text size="sm" fw={600}>
            {chosen.length} picked
          </Text>
          {verbs.map((each) => (
            <VerbButton key={each} verb={each} chosen={chosen} onAsk={setVerb} />
          ))}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => {
              setPicked(new Set());
            }}
          >
            Clear
          </Button>
        </Group>
      )}
      <QueryPanel
        query={clients}
        rows={10}
        isEmpty={() => rows.length === 0}
        empty={<NoClients isFiltered={(clients.data ?? []).length > 0} />}
      >
        {() => (
          <ClientTable
            rows={rows}
            picked={picked}
            onPick={setPicked}
            onOpen={(key) => {
              setFilters({ client: key });
            }}
          />
        )}
      </QueryPanel>
      {verb !== null && (
        <ControlDialog
          rolloutId={rollout.id}
          verb={verb}
          clients={chosen.map(({ key }) => key)}
          onClose={() => {
            setVerb(null);
          }}
        />
      )}
    </Section>
  );
}

interface VerbButtonProps {
  readonly verb: ClientVerb;
  readonly chosen: readonly ClientRow[];
  readonly onAsk: (verb: ClientVerb) => void;
}

function VerbButton({ verb, chosen, onAsk }: VerbButtonProps): ReactElement {
  const able = chosen.filter(({ actions }) => actions.includes(verb)).length;
  return (
    <Button
      size="compact-sm"
      variant="light"
      color={verbWords[verb].danger ? 'signal' : 'harbour'}
      disabled={able === 0}
      title={able === 0 ? 'Possible for none of the picked clients now' : undefined}
      onClick={() => {
        onAsk(verb);
      }}
    >
      {verbWords[verb].does} ({able})
    </Button>
  );
}

interface FiltersProps {
  readonly rollout: Rollout;
  readonly params: URLSearchParams;
  readonly onChange: (changes: Record<string, string | null>) => void;
}

function Filters({ rollout, params, onChange }: FiltersProps): ReactElement {
  const states = Object.entries(clientStates)
    .filter(([state]) => (rollout.counts[state] ?? 0) > 0)
    .map(([value, { words }]) => ({ value, label: `${words} (${rollout.counts[value] ?? 0})` }));
  return (
    <Group gap="xs">
      <TextInput
        size="xs"
        aria-label="Find a client"
        placeholder="Find a client"
        leftSection={<IconSearch size={14} />}
        value={params.get('search') ?? ''}
        onChange={(event) => {
          onChange({ search: event.currentTarget.value });
        }}
      />
      <Select
        size="xs"
        aria-label="State"
        placeholder="Every state"
        clearable
        data={states}
        value={params.get('state')}
        onChange={(state) => {
          onChange({ state });
        }}
      />
      <Select
        size="xs"
        aria-label="Cohort"
        placeholder="Every cohort"
        clearable
        data={rollout.cohorts.map(({ name }) => name)}
        value={params.get('cohort')}
        onChange={(cohort) => {
          onChange({ cohort });
        }}
      />
    </Group>
  );
}

function NoClients({ isFiltered }: { readonly isFiltered: boolean }): ReactElement {
  return isFiltered ? (
    <EmptyState title="No client fits the filter" icon={IconSearch} />
  ) : (
    <EmptyState title="No client in this rollout" icon={IconUsers} />
  );
}

function suits(row: ClientRow, params: URLSearchParams): boolean {
  const search = (params.get('search') ?? '').toLowerCase();
  return (
    (params.get('state') ?? row.state) === row.state &&
    (params.get('cohort') ?? row.cohort) === row.cohort &&
    `${row.key} ${row.name}`.toLowerCase().includes(search)
  );
}
