import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';

interface QueryPanelProps<T> {
  readonly query: UseQueryResult<T>;
  /** Bars shown while it loads. */
  readonly rows?: number;
  readonly isEmpty?: (data: T) => boolean;
  readonly empty?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** One place for the four states of server data: loading, failed, empty, here. */
export function QueryPanel<T>(props: QueryPanelProps<T>): ReactElement {
  const { query, rows = 4, isEmpty, empty, children } = props;
  if (query.data === undefined) {
    if (query.isError) {
      return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
    }
    return (
      <Stack gap="xs" aria-busy="true" aria-label="Loading" role="status">
        {Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={34} />
        ))}
      </Stack>
    );
  }
  if (isEmpty?.(query.data) === true) return <>{empty}</>;
  return <>{children(query.data)}</>;
}
