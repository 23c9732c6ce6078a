import {
  Button,
  Checkbox,
  Group,
  Modal,
  PasswordInput,
  Select,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import { staffQuestion } from '../api/queries.ts';
import type { Staff } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { IconPlus } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { readable } from '../words/terms.ts';

const roles = [
  { value: 'support', label: 'Support: reads, holds, retries' },
  { value: 'pm', label: 'Project manager: plans and starts' },
  { value: 'admin', label: 'Administrator: everything' },
];

/** Who may sign in, and what each may do. */
export function StaffTab(): ReactElement {
  const staff = useQuery(staffQuestion);
  const { administers } = useRights();
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title="Staff"
      count={staff.data?.length}
      flush
      actions={
        administers && (
          <Button
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => {
              setAdding(true);
            }}
          >
            Add
          </Button>
        )
      }
    >
      <QueryPanel query={staff}>
        {(all) => (
          <Table verticalSpacing="xs" horizontalSpacing="md">
            <Table.Tbody>
              {all.map((person) => (
                <StaffLine key={person.id} person={person} />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </QueryPanel>
      {adding && (
        <AddStaff
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Section>
  );
}

function StaffLine({ person }: { readonly person: Staff }): ReactElement {
  const { administers } = useRights();
  const { id } = person;
  const disable = useAct(
    () => take(api.POST('/v1/staff/{id}/disable', { params: { path: { id } } })),
    { said: ({ name }) => `${name} can no longer sign in` },
  );
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={550}>
          {person.name}
        </Text>
        <Text size="xs" c="dimmed">
          {person.email}
        </Text>
      </Table.Td>
      <Table.Td>
        {person.role === 'pm' ? 'Project manager' : readable(person.role)}
        {person.mayControl && ', may pause and resume'}
      </Table.Td>
      <Table.Td ta="end">
        {person.disabledAt !== null && (
          <Text size="sm" c="dimmed">
            Disabled
          </Text>
        )}
        {person.disabledAt === null && administers && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            aria-label={`Disable ${person.name}`}
            loading={disable.isPending}
            onClick={() => {
              disable.mutate(undefined);
            }}
          >
            Disable
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function AddStaff({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [role, setRole] = useState<Staff['role']>('support');
  const [mayControl, setMayControl] = useState(false);
  const add = useAct(
    (body: { readonly email: string; readonly name: string; readonly password: string }) =>
      take(api.POST('/v1/staff', { body: { role, mayControl, ...body } })),
    { said: ({ name }) => `${name} can sign in`, then: onClose },
  );
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({
      email: fieldOf(form, 'email'),
      name: fieldOf(form, 'name'),
      password: fieldOf(form, 'password'),
    });
  };
  return (
    <Modal opened onClose={onClose} title="Add staff">
      <form onSubmit={submit}>
        <Stack>
          <TextInput name="name" label="Name" required data-autofocus />
          <TextInput name="email" type="email" label="E-mail" required />
          <PasswordInput
            name="password"
            label="First password"
            required
            autoComplete="new-password"
          />
          <Select
            label="Role"
            allowDeselect={false}
            data={roles}
            value={role}
            onChange={(value) => {
              setRole(value === 'admin' || value === 'pm' ? value : 'support');
            }}
          />
          {role === 'support' && (
            <Checkbox
              label="May pause and resume rollouts"
              checked={mayControl}
              onChange={(event) => {
                setMayControl(event.currentTarget.checked);
              }}
            />
          )}
          {add.isError && <ProblemAlert error={add.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={add.isPending}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
