import {
  ActionIcon,
  Anchor,
  Group,
  Menu,
  Text,
  UnstyledButton,
  useMantineColorScheme,
} from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, NavLink, useNavigate } from 'react-router';
import { api } from '../api/client.ts';
import type { StreamState } from '../api/live-stream.ts';
import { attentionQuestion, vendorQuestion } from '../api/queries.ts';
import type { Me } from '../api/types.ts';
import {
  IconBroadcast,
  IconCalendar,
  IconDeviceDesktop,
  IconExternalLink,
  IconLock,
  IconLogout,
  IconMail,
  IconMoon,
  IconPackage,
  IconRoute,
  IconSettings,
  IconSun,
  IconSunrise,
  IconUsers,
} from '../icons.ts';
import { DaymarkMark } from './daymark-mark.tsx';
import classes from './frame.module.css';

const links = [
  { to: '/', label: 'Today', icon: IconSunrise },
  { to: '/rollouts', label: 'Rollouts', icon: IconRoute },
  { to: '/clients', label: 'Clients', icon: IconUsers },
  { to: '/changes', label: 'Changes', icon: IconPackage },
  { to: '/messages', label: 'Messages', icon: IconMail },
  { to: '/calendars', label: 'Calendars', icon: IconCalendar },
  { to: '/settings', label: 'Settings', icon: IconSettings },
] as const;

interface NavigationProps {
  readonly me: Me;
  readonly stream: StreamState;
}

/** The way to every screen, whether clients get mail, and whether the screen is live. */
export function Navigation({ me, stream }: NavigationProps): ReactElement {
  const attention = useQuery(attentionQuestion);
  const waiting = attention.data?.length ?? 0;
  return (
    <>
      <Link to="/" className={classes['brand']}>
        <DaymarkMark />
        <span className={classes['brandName']}>Daymark</span>
      </Link>
      <nav className={classes['links']} aria-label="Main">
        {links.map(({ to, label, icon: Icon }) => (
          <NavLink key={to} to={to} end={to === '/'} className={classes['link'] ?? ''}>
            <Icon size={18} stroke={1.75} aria-hidden />
            {label}
            {to === '/' && waiting > 0 && (
              <span className={classes['count']} aria-label={`${waiting} need attention`}>
                {waiting}
              </span>
            )}
          </NavLink>
        ))}
      </nav>
      <div className={classes['foot']}>
        <LiveMode />
        <DemoHint me={me} />
        <StreamLight stream={stream} />
        <Account me={me} />
      </div>
    </>
  );
}

function LiveMode(): ReactElement | null {
  const vendor = useQuery(vendorQuestion);
  if (vendor.data === undefined) return null;
  const isOn = vendor.data.live.on;
  const Icon = isOn ? IconBroadcast : IconLock;
  return (
    <Link to="/settings?tab=live" className={classes['mode']} data-on={isOn}>
      <Icon size={18} stroke={1.75} aria-hidden />
      <span>
        <strong>{isOn ? 'Live' : 'Not live'}</strong>
        <br />
        {isOn ? 'Clients get their messages' : 'Owners get the messages instead'}
      </span>
    </Link>
  );
}

function DemoHint({ me }: { readonly me: Me }): ReactElement | null {
  if (me.demo === null) return null;
  return (
    <Text size="xs" c="dimmed">
      {me.demo.note}{' '}
      <Anchor href={me.demo.inboxUrl} target="_blank" rel="noreferrer" size="xs" underline="always">
        Open the inbox <IconExternalLink size={12} aria-hidden />
      </Anchor>
    </Text>
  );
}

const streamWords = {
  connecting: 'Connecting…',
  open: 'Up to date by itself',
  lost: 'Connection lost, trying again',
} as const satisfies Record<StreamState, string>;

function StreamLight({ stream }: { readonly stream: StreamState }): ReactElement {
  return (
    <div className={classes['stream']} role="status">
      <span className={classes['dot']} data-state={stream} aria-hidden />
      {streamWords[stream]}
    </div>
  );
}

function Account({ me }: { readonly me: Me }): ReactElement {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const signOut = async (): Promise<void> => {
    await api.DELETE('/v1/session');
    queryClient.clear();
    await navigate('/sign-in');
  };
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Menu position="top-start" width={220} withinPortal>
        <Menu.Target>
          <UnstyledButton>
            <Text size="sm" fw={600} lineClamp={1}>
              {me.name}
            </Text>
            <Text size="xs" c="dimmed">
              {roleWords[me.role]}
            </Text>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{me.email ?? me.actor}</Menu.Label>
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SchemeMenu />
    </Group>
  );
}

const roleWords = {
  admin: 'Administrator',
  pm: 'Project manager',
  support: 'Support',
  ci: 'Build server',
} as const satisfies Record<Me['role'], string>;

const schemes = [
  { value: 'light', label: 'Light', icon: IconSun },
  { value: 'dark', label: 'Dark', icon: IconMoon },
  { value: 'auto', label: 'As the system', icon: IconDeviceDesktop },
] as const;

function SchemeMenu(): ReactElement {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = schemes.find(({ value }) => value === colorScheme)?.icon ?? IconSun;
  return (
    <Menu position="top-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="Light or dark">
          <Current size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            onClick={() => {
              setColorScheme(value);
            }}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
