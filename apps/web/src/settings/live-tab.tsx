import { Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import { vendorQuestion } from '../api/queries.ts';
import type { Vendor } from '../api/types.ts';
import { useRights } from '../layout/me.ts';
import { Ago } from '../parts/moment.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { Section } from '../parts/section.tsx';
import { countOf } from '../words/terms.ts';

/** Whether clients get mail at all. */
export function LiveTab(): ReactElement {
  const vendor = useQuery(vendorQuestion);
  return (
    <Section title="Mail to clients">
      <QueryPanel query={vendor} rows={3}>
        {(data) => <LiveSwitch vendor={data} />}
      </QueryPanel>
    </Section>
  );
}

function LiveSwitch({ vendor }: { readonly vendor: Vendor }): ReactElement {
  const { administers } = useRights();
  const [asking, setAsking] = useState(false);
  const { on, changedAt, changedBy } = vendor.live;
  return (
    <Group justify="space-between">
      <Stack gap={4} maw={620}>
        <Text fz="lg" fw={650}>
          {on ? 'Live: clients get their messages' : 'Not live: owners get the messages instead'}
        </Text>
        <Text size="sm" c="dimmed">
          {vendor.name} has {countOf(vendor.counts.clients, 'client')} with{' '}
          {countOf(vendor.counts.contacts, 'contact')}; at most {vendor.maxInFlight} deployments run
          at once. Switched by {changedBy} <Ago at={changedAt} />.
        </Text>
      </Stack>
      <Tooltip label="Only an administrator switches this" disabled={administers}>
        <span>
          <Button
            color={on ? 'signal' : 'harbour'}
            disabled={!administers}
            onClick={() => {
              setAsking(true);
            }}
          >
            {on ? 'Switch off' : 'Go live'}
          </Button>
        </span>
      </Tooltip>
      {asking && (
        <ReasonDialog
          title={on ? 'Switch mail to clients off' : 'Go live'}
          verb={on ? 'Switch off' : `Go live for ${countOf(vendor.counts.clients, 'client')}`}
          danger={!on}
          said={on ? 'Mail to clients is off' : 'Daymark is live'}
          onClose={() => {
            setAsking(false);
          }}
          act={(reason) => take(api.POST('/v1/vendor/live', { body: { on: !on, reason } }))}
        >
          <Text size="sm">
            {on
              ? 'From now on the owner of a client gets what the client would have got.'
              : `From now on ${countOf(vendor.counts.contacts, 'contact')} at ${countOf(vendor.counts.clients, 'client')} get real messages. Running rollouts: ${vendor.counts.rolloutsRunning}.`}
          </Text>
        </ReasonDialog>
      )}
    </Group>
  );
}
