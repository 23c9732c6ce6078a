import { Tabs } from '@mantine/core';
import type { ReactElement } from 'react';
import { useRights } from '../layout/me.ts';
import { Page } from '../parts/page.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { DeployersTab } from './deployers-tab.tsx';
import { LiveTab } from './live-tab.tsx';
import { PoliciesTab } from './policies-tab.tsx';
import { StaffTab } from './staff-tab.tsx';
import { SystemTab } from './system-tab.tsx';
import { TokensTab } from './tokens-tab.tsx';

/** What holds for the whole house. */
export function SettingsPage(): ReactElement {
  const [tab, setTab] = useFilter('tab');
  const { administers } = useRights();
  return (
    <Page title="Settings">
      <Tabs value={tab ?? 'live'} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="live">Live</Tabs.Tab>
          <Tabs.Tab value="deployers">Deployers</Tabs.Tab>
          <Tabs.Tab value="policies">Policies</Tabs.Tab>
          <Tabs.Tab value="staff">Staff</Tabs.Tab>
          {administers && <Tabs.Tab value="tokens">Tokens</Tabs.Tab>}
          {administers && <Tabs.Tab value="system">System</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="live">
          <LiveTab />
        </Tabs.Panel>
        <Tabs.Panel value="deployers">
          <DeployersTab />
        </Tabs.Panel>
        <Tabs.Panel value="policies">
          <PoliciesTab />
        </Tabs.Panel>
        <Tabs.Panel value="staff">
          <StaffTab />
        </Tabs.Panel>
        {administers && (
          <Tabs.Panel value="tokens">
            <TokensTab />
          </Tabs.Panel>
        )}
        {administers && (
          <Tabs.Panel value="system">
            <SystemTab />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}
