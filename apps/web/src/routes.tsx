import { createBrowserRouter } from 'react-router';
import { CadencesPage } from './cadences/cadences-page.tsx';
import { CalendarPage } from './calendars/calendar-page.tsx';
import { CalendarsPage } from './calendars/calendars-page.tsx';
import { ChangePage } from './changes/change-page.tsx';
import { ChangesPage } from './changes/changes-page.tsx';
import { ClientPage } from './clients/client-page.tsx';
import { ClientsPage } from './clients/clients-page.tsx';
import { Frame } from './layout/frame.tsx';
import { LostPage } from './layout/lost-page.tsx';
import { MessagesPage } from './messages/messages-page.tsx';
import { NewRolloutPage } from './rollouts/new/new-rollout-page.tsx';
import { PlanPage } from './rollouts/plan/plan-page.tsx';
import { RolloutPage } from './rollouts/rollout/rollout-page.tsx';
import { RolloutsPage } from './rollouts/rollouts-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { SignInPage } from './sign-in/sign-in-page.tsx';
import { TodayPage } from './today/today-page.tsx';

/** Which address shows which screen. */
export function createRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter([
    { path: '/sign-in', element: <SignInPage /> },
    {
      path: '/',
      element: <Frame />,
      errorElement: <LostPage />,
      children: [
        { index: true, element: <TodayPage /> },
        { path: 'rollouts', element: <RolloutsPage /> },
        { path: 'rollouts/new', element: <NewRolloutPage /> },
        { path: 'rollouts/:id', element: <RolloutPage /> },
        { path: 'clients', element: <ClientsPage /> },
        { path: 'clients/:key', element: <ClientPage /> },
        { path: 'changes', element: <ChangesPage /> },
        { path: 'changes/:version', element: <ChangePage /> },
        { path: 'messages', element: <MessagesPage /> },
        { path: 'cadences', element: <CadencesPage /> },
        { path: 'calendars', element: <CalendarsPage /> },
        { path: 'calendars/:name', element: <CalendarPage /> },
        { path: 'plans/:id', element: <PlanPage /> },
        { path: 'settings', element: <SettingsPage /> },
        { path: '*', element: <LostPage /> },
      ],
    },
  ]);
}
