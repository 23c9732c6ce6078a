import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link, useRouteError } from 'react-router';
import { ProblemAlert } from '../parts/problem-alert.tsx';

/** An address that leads nowhere, or a screen that broke. */
export function LostPage(): ReactElement {
  const error = useRouteError();
  return (
    <Stack p="xl" maw={560}>
      <Title order={1}>{error === undefined ? 'There is nothing here' : 'This screen broke'}</Title>
      {error === undefined ? (
        <Text c="dimmed">The address may be old, or it was copied only in part.</Text>
      ) : (
        <ProblemAlert
          error={error}
          onRetry={() => {
            globalThis.location.reload();
          }}
        />
      )}
      <Anchor component={Link} to="/">
        Go to Today
      </Anchor>
    </Stack>
  );
}
