import {
  Alert,
  Button,
  Code,
  CopyButton,
  Group,
  Modal,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import { tokensQuestion } from '../api/queries.ts';
import type { Token } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { IconKey, IconPlus } from '../icons.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Ago } from '../parts/moment.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { actorOf } from '../words/terms.ts';

/** Keys for programs: the build server and the command line. */
export function TokensTab(): ReactElement {
  const tokens = useQuery(tokensQuestion);
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="API tokens"
      count={tokens.data?.length}
      flush
      actions={
        <Button
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            setAdding(true);
          }}
        >
          New token
        </Button>
      }
    >
      <QueryPanel
        query={tokens}
        isEmpty={(all) => all.length === 0}
        empty={
          <EmptyState title="No token yet" icon={IconKey}>
            The build server needs one to announce builds.
          </EmptyState>
        }
      >
        {(all) => (
          <Table verticalSpacing="xs" horizontalSpacing="md">
            <Table.Tbody>
              {all.map((token) => (
                <TokenLine key={token.id} token={token} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </QueryPanel>
      {adding && (
        <AddToken
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Section>
  );
}

function TokenLine({ token }: { readonly token: Token }): ReactElement {
  const { id } = token;
  const revoke = useAct(
    () => take(api.POST('/v1/tokens/{id}/revoke', { params: { path: { id } } })),
    { said: ({ name }) => `Token ${name} is revoked` },
  );
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={550}>
          {token.name}
        </Text>
        <Text size="xs" c="dimmed">
          {token.role} · made by {actorOf(token.createdBy)} <Ago at={token.createdAt} />
        </Text>
      </Table.Td>
      <Table.Td>
        {token.lastUsedAt === null ? (
          'Never used'
        ) : (
          <>
            Used <Ago at={token.lastUsedAt} />
          </>
        )}
      </Table.Td>
      <Table.Td ta="end">
        {token.revokedAt === null ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="signal"
            aria-label={`Revoke ${token.name}`}
            loading={revoke.isPending}
            onClick={() => {
              revoke.mutate(undefined);
            }}
          >
            Revoke
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            Revoked
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function AddToken({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Token['role']>('ci');
  const add = useAct(() => take(api.POST('/v1/tokens', { body: { name, role } })));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    add.mutate(undefined);
  };
  return (
    <Modal opened onClose={onClose} title="New token">
      {add.isSuccess ? (
        <Stack>
          <Alert color="amber" title="Shown only now">
            Copy it to where it is needed. Daymark keeps no readable copy.
          </Alert>
          <Code block>{add.data.token}</Code>
          <Group justify="flex-end">
            <CopyButton value={add.data.token}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {copied ? 'Copied' : 'Copy'}
                </Button>
              )}
            </CopyButton>
            <Button onClick={onClose}>Close</Button>
          </Group>
        </Stack>
      ) : (
        <form onSubmit={submit}>
          <Stack>
            <TextInput
              label="Name"
              placeholder="build server"
              required
              data-autofocus
              value={name}
              onChange={(event) => {
                setName(event.currentTarget.value);
              }}
            />
            <Select
              label="Role"
              allowDeselect={false}
              data={[
                { value: 'ci', label: 'Build server: announces builds' },
                { value: 'support', label: 'Support' },
                { value: 'pm', label: 'Project manager' },
                { value: 'admin', label: 'Administrator' },
              ]}
              value={role}
              onChange={(value) => {
                setRole(asRole(value));
              }}
            />
            {add.isError && <ProblemAlert error={add.error} />}
            <Group justify="flex-end">
              <Button type="submit" loading={add.isPending}>
                Make token
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

function asRole(value: string | null): Token['role'] {
  return (['support', 'pm', 'admin'] as const).find((role) => role === value) ?? 'ci';
}
