import { Alert, Anchor, List } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import type { Plan } from '../../api/types.ts';
import { countOf, sentence } from '../../words/terms.ts';
import { clientsByWarning } from './plan-rows.ts';

const named = 8;

/** Who cannot be reached, told or read: what somebody should see to before the start. */
export function PlanWarnings({ warnings }: Pick<Plan, 'warnings'>): ReactElement | null {
  if (warnings.length === 0) return null;
  return (
    <Alert color="amber" title={`${countOf(warnings.length, 'warning')} before the start`}>
      <List size="sm" spacing={4}>
        {[...clientsByWarning(warnings)].map(([warning, clients]) => (
          <List.Item key={warning}>
            <strong>{sentence(warning)}</strong> ({countOf(clients.length, 'client')}):{' '}
            {clients.slice(0, named).map(({ client, name }, index) => (
              <span key={client}>
                {index > 0 && ', '}
                <Anchor
                  component={Link}
                  to={`/clients/${encodeURIComponent(client)}`}
                  inherit
                  underline="always"
                >
                  {name}
                </Anchor>
              </span>
            ))}
            {clients.length > named && ` and ${clients.length - named} more`}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
