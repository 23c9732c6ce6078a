import { AppShell, Burger, Center, Group, Loader, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactElement } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { useLiveStream } from '../api/live-stream.ts';
import { reportOf } from '../api/problem.ts';
import { sessionQuestion } from '../api/queries.ts';
import type { Me } from '../api/types.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { DaymarkMark } from './daymark-mark.tsx';
import classes from './frame.module.css';
import { MeContext } from './me.ts';
import { Navigation } from './navigation.tsx';

/** What stands around every screen; without a session it leads to the sign-in page. */
export function Frame(): ReactElement {
  const { pathname, search } = useLocation();
  const session = useQuery({ ...sessionQuestion, staleTime: Infinity, retry: 1 });
  if (session.isPending) {
    return (
      <Center mih="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  if (session.isError) {
    if (reportOf(session.error).status === 401) {
      return <Navigate to={`/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
    }
    return (
      <Center mih="100vh" p="lg">
        <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />
      </Center>
    );
  }
  return (
    <MeContext value={session.data}>
      <SignedIn me={session.data} />
    </MeContext>
  );
}

function SignedIn({ me }: { readonly me: Me }): ReactElement {
  const [isOpen, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  const stream = useLiveStream();
  const { close } = menu;
  useEffect(() => {
    close();
  }, [pathname, close]);
  return (
    <AppShell
      header={{ height: { base: 52, md: 0 } }}
      navbar={{ width: 228, breakpoint: 'md', collapsed: { mobile: !isOpen } }}
      padding={0}
    >
      <a className={classes['skip']} href="#content">
        Skip to content
      </a>
      <AppShell.Header hiddenFrom="md" px="md">
        <Group h="100%" gap="sm">
          <Burger opened={isOpen} onClick={menu.toggle} size="sm" aria-label="Menu" />
          <DaymarkMark size={26} />
          <Text fw={700}>Daymark</Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes['navbar'] ?? ''}>
        <Navigation me={me} stream={stream} />
      </AppShell.Navbar>
      <AppShell.Main id="content" className={classes['main'] ?? ''} tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}
