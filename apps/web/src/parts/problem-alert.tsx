import { Alert, Button, List, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { reportOf } from '../api/problem.ts';
import { IconAlertTriangle } from '../icons.ts';

interface ProblemAlertProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

/** What went wrong, where, and what to do next, in the server's own words. */
export function ProblemAlert({ error, onRetry }: ProblemAlertProps): ReactElement {
  const { title, detail, errors } = reportOf(error);
  return (
    <Alert color="signal" title={title} icon={<IconAlertTriangle size={18} />} role="alert">
      <Text size="sm">{detail}</Text>
      {errors.length > 0 && (
        <List size="sm" mt="xs">
          {errors.map(({ path, message, line }) => (
            <List.Item key={`${path} ${line ?? ''} ${message}`}>
              {line !== undefined && `Line ${line}: `}
              {path !== '' && <strong>{path}: </strong>}
              {message}
            </List.Item>
          ))}
        </List>
      )}
      {onRetry !== undefined && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </Alert>
  );
}
