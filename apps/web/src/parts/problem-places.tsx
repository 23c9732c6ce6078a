import { Alert, List } from '@mantine/core';
import type { ReactElement } from 'react';
import type { CalendarProblem } from '../api/types.ts';

interface ProblemPlacesProps {
  readonly problems: readonly CalendarProblem[];
}

/** Everything that is wrong with a calendar, each at its place in the file. */
export function ProblemPlaces({ problems }: ProblemPlacesProps): ReactElement {
  return (
    <Alert color="signal" title="This calendar cannot be used yet" role="alert">
      <List size="sm">
        {problems.map(({ path, message }) => (
          <List.Item key={`${path} ${message}`}>
            {path !== '' && <strong>{path}: </strong>}
            {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
