import { Alert, List, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ControlResult } from '../../api/types.ts';
import { countOf, readable } from '../../words/terms.ts';

const namedAtMost = 12;

/** Whom an order touches, whom not and why, and the mails it would cause. */
export function ControlEffects({ result }: { readonly result: ControlResult }): ReactElement {
  const { affected, refused, messages } = result;
  const named = affected.slice(0, namedAtMost).map(({ name }) => name);
  const more = affected.length - named.length;
  return (
    <>
      <div>
        <Text size="sm" fw={600}>
          {affected.length === 0
            ? 'Touches no client'
            : `Touches ${countOf(affected.length, 'client')}`}
        </Text>
        <Text size="sm" c="dimmed">
          {named.join(', ')}
          {more > 0 && ` and ${more} more`}
        </Text>
      </div>
      <Text size="sm">
        {messages.length === 0
          ? 'No message leaves.'
          : `Messages that leave: ${messages.map(({ kind, count }) => `${count} × ${readable(kind)}`).join(', ')}.`}
      </Text>
      {refused.length > 0 && (
        <Alert color="amber" title={`Not for ${countOf(refused.length, 'client')}`}>
          <List size="sm">
            {refused.slice(0, namedAtMost).map(({ key, why }) => (
              <List.Item key={key}>
                <strong>{key}:</strong> {why}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}
