import { Button, FileInput, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import type { ImportResult } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';

/** A spreadsheet: first the difference, then the writing. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const [file, setFile] = useState<File | null>(null);
  const look = useMutation({ mutationFn: (chosen: File) => importClients(chosen, false) });
  const apply = useAct((chosen: File) => importClients(chosen, true), {
    said: ({ summary }) => summary,
    then: onClose,
  });
  return (
    <Modal opened onClose={onClose} title="Import clients" size="lg">
      <Stack>
        <FileInput
          data-autofocus
          label="Spreadsheet (CSV)"
          description="Commas or semicolons, any encoding Excel writes. Clients are matched by key."
          accept=".csv,text/csv"
          placeholder="Choose a file"
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            apply.reset();
            if (chosen !== null) look.mutate(chosen);
          }}
        />
        {look.isPending && <Text size="sm">Reading…</Text>}
        {look.isError && <ProblemAlert error={look.error} />}
        {look.isSuccess && <Difference result={look.data} />}
        {apply.isError && <ProblemAlert error={apply.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={file === null || !look.isSuccess}
            loading={apply.isPending}
            onClick={() => {
              if (file !== null) apply.mutate(file);
            }}
          >
            Apply
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Difference({ result }: { readonly result: ImportResult }): ReactElement {
  const changes = result.difference.clients.filter(({ change }) => change !== 'same');
  return (
    <>
      <Text size="sm" fw={600}>
        {result.summary}
      </Text>
      <Table.ScrollContainer minWidth={400} mah={280}>
        <Table verticalSpacing={4}>
          <Table.Tbody>
            {changes.map(({ key, change, fields }) => (
              <Table.Tr key={key}>
                <Table.Td>{key}</Table.Td>
                <Table.Td>{change}</Table.Td>
                <Table.Td>
                  {change === 'changed' &&
                    fields
                      .map(({ field, from, to }) => `${field}: ${from ?? '–'} → ${to ?? '–'}`)
                      .join('; ')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

async function importClients(file: File, apply: boolean): Promise<ImportResult> {
  const csvBase64 = await readBase64(file);
  return take(api.POST('/v1/clients/import', { body: { csvBase64, apply } }));
}

/** The bytes as they are: the server recognises the encoding, a text reader would lose it. */
function readBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve(url.slice(url.indexOf(',') + 1));
    };
    reader.onerror = () => {
      reject(new Error('The file cannot be read.', { cause: reader.error }));
    };
    reader.readAsDataURL(file);
  });
}
