import { afterEach, describe, expect, it } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import type { ComponentType } from 'react';
import { openPage } from './browser-page.ts';

const answers: Record<string, { status?: number; body: unknown }> = {};
openPage(answers);
const { MemoryRouter } = await import('react-router');
const { RolloutsPage } = await import('../../../apps/web/src/rollouts/rollouts-page.tsx');
const { ChangesPage } = await import('../../../apps/web/src/changes/changes-page.tsx');
const { ClientsPage } = await import('../../../apps/web/src/clients/clients-page.tsx');
const { MessagesPage } = await import('../../../apps/web/src/messages/messages-page.tsx');
const { TodayPage } = await import('../../../apps/web/src/today/today-page.tsx');

afterEach(() => {
  cleanup();
  for (const path of Object.keys(answers)) Reflect.deleteProperty(answers, path);
});

const lists = [
  ['rollouts', RolloutsPage, '/v1/rollouts', 'No rollout yet'],
  ['changes', ChangesPage, '/v1/changes', 'No change yet'],
  ['clients', ClientsPage, '/v1/clients?limit=200', 'No clients yet'],
  ['messages', MessagesPage, '/v1/messages?limit=200', 'No message'],
] as const;

describe.each(lists)('the screen of %s', (_, Screen, path, nothing) => {
  it('says that it is loading while the server has not answered', () => {
    show(Screen);

    expect(screen.getByRole('status', { name: 'Loading' })).not.toBeNull();
  });

  it('says what to do first where there is nothing', async () => {
    answers[path] = { body: { items: [], nextCursor: null } };

    show(Screen);

    expect(await screen.findByText(nothing)).not.toBeNull();
  });

  it('shows the server’s own words for a problem and offers to try again', async () => {
    answers[path] = {
      status: 503,
      body: { title: 'Not ready', status: 503, code: 'NOT_READY', detail: 'The database is away.' },
    };

    show(Screen);

    expect(await screen.findByText('The database is away.')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Try again' })).not.toBeNull();
  });
});

describe('today', () => {
  it('names the owner, the age and the actions of what waits for a person', async () => {
    answers['/v1/today'] = { body: aDay() };

    show(TodayPage);

    expect(await screen.findByText(/Granite Bank: the deployment failed/)).not.toBeNull();
    expect(screen.getByText(/For anna@vendor.example/).textContent).toContain('hours ago');
    expect(screen.getByRole('link', { name: 'Retry' }).getAttribute('href')).toBe(
      '/rollouts/r1?do=retry&client=granite',
    );
    expect(screen.getByRole('button', { name: 'Dealt with' })).not.toBeNull();
  });
});

function show(Screen: ComponentType): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter>
          <Screen />
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

function aDay(): unknown {
  const raisedAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
  return {
    now: new Date().toISOString(),
    startsToday: [],
    deadlines: [],
    paused: [],
    running: [],
    live: false,
    nextWindow: { opensAt: null, open: false, text: 'No window' },
    attention: [
      {
        id: 'a1',
        kind: 'deployment-failed',
        text: 'Granite Bank: the deployment failed',
        actions: ['retry'],
        owner: 'anna@vendor.example',
        raisedAt,
        ageMinutes: 180,
        rollout: { id: 'r1', name: 'Release 8.3.0' },
        client: { key: 'granite', name: 'Granite Bank' },
        subjectId: null,
        resolvedAt: null,
        resolution: null,
      },
    ],
  };
}
