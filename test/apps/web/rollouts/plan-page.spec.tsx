import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { Plan, PlanDifference } from '../../../../apps/web/src/api/types.ts';
import { openPage } from '../browser-page.ts';

const answers: Record<string, { status?: number; body: unknown }> = {};
const { asked } = openPage(answers);
const { MemoryRouter, Route, Routes } = await import('react-router');
const { PlanPage } = await import('../../../../apps/web/src/rollouts/plan/plan-page.tsx');

beforeEach(() => {
  answers['/v1/plans/p'] = { body: aPlan() };
});

afterEach(() => {
  cleanup();
  for (const path of Object.keys(answers)) Reflect.deleteProperty(answers, path);
});

describe('the page of a plan', () => {
  it('says before anything else who cannot be placed, why, and what would help', async () => {
    show();

    const unplaced = await screen.findByRole('region', { name: 'Cannot be placed' });
    expect(within(unplaced).getByRole('link', { name: 'Granite Bank' })).not.toBeNull();
    expect(within(unplaced).getByText('Its own freeze until 20 January')).not.toBeNull();
    expect(unplaced.textContent).toContain(
      'With the client’s own freeze lifted on 20 January: 21 January 20:00',
    );
    const timeline = screen.getByRole('region', { name: 'Clients on their days' });
    expect(unplaced.compareDocumentPosition(timeline)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it('tells that it was made before a build exists', async () => {
    show();

    expect(await screen.findByText(/Before its build exists/)).not.toBeNull();
  });

  it('writes the load of each day as numbers, and names a full day', async () => {
    show();

    const days = await screen.findByRole('region', { name: 'Days with their capacity' });
    expect(
      within(days)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['1 / 4Tue 8 Dec1 slot', '4 / 4 fullWed 9 Dec6 slots']);
  });

  it('groups warnings by what is wrong', async () => {
    show();

    const warning = await screen.findByText('Nobody to inform');
    expect(warning.parentElement?.textContent).toBe(
      'Nobody to inform (2 clients): North Park, East Park',
    );
  });

  it('names what differs from the rollout it was made after', async () => {
    show();

    expect(await screen.findByText('5 business days of notice instead of 3')).not.toBeNull();
  });

  it('opens with the filter of its address', async () => {
    show('?show=unplaced&search=granite');

    const which = await screen.findByRole('radio', { name: 'Not placed 1' });
    expect((which as HTMLInputElement).checked).toBe(true);
    const search: HTMLInputElement = screen.getByRole('textbox', { name: 'Search clients' });
    expect(search.value).toBe('granite');
  });

  it('says that no client is like that', async () => {
    show('?search=nobody-at-all');

    expect(await screen.findByText('No client is like that')).not.toBeNull();
  });

  it('says that it is loading while the server has not answered', () => {
    Reflect.deleteProperty(answers, '/v1/plans/p');

    show();

    expect(screen.getByRole('status', { name: 'Loading' })).not.toBeNull();
  });

  it('has nobody to place and nothing to warn of where there is no client', async () => {
    const nothing = { clients: [], cohorts: [], warnings: [], capacity: [], likeDiffers: [] };
    answers['/v1/plans/p'] = { body: { ...aPlan(), ...nothing } };

    show();

    expect(await screen.findByText('No client is like that')).not.toBeNull();
    expect(screen.queryByText('Cannot be placed')).toBeNull();
    expect(screen.queryByText('Nobody to inform')).toBeNull();
  });

  it.each([
    [403, 'You may not see plans.'],
    [404, 'No such plan.'],
  ])('shows the server’s own words for %i', async (status, detail) => {
    answers['/v1/plans/p'] = { status, body: { title: 'No', status, code: 'NO', detail } };

    show();

    expect((await screen.findByRole('alert')).textContent).toContain(detail);
    expect(screen.getByRole('button', { name: 'Try again' })).not.toBeNull();
  });

  it('rehearses only when asked to', async () => {
    show();
    const button = await screen.findByRole('button', { name: 'Rehearse it' });
    expect(asked).not.toContain('POST /v1/plans/p/rehearsal');
    answers['/v1/plans/p/rehearsal'] = { body: aRehearsal() };

    fireEvent.click(button);

    expect(await screen.findByText('1 of 3 by 9 December.')).not.toBeNull();
    expect(screen.getByText('12 messages would leave')).not.toBeNull();
    expect(screen.getByText('Not in most runs')).not.toBeNull();
  });
});

describe('what a re-plan changes', () => {
  it('lists who is told again first, and the rest a hundred at a time', async () => {
    answers['/v1/plans/p'] = { body: { ...aPlan(), difference: aDifference(105) } };
    show();
    const section = (await screen.findByText('What changed')).closest('section');
    const rows = section?.querySelectorAll('tbody tr') ?? [];
    expect(rows).toHaveLength(100);
    expect(rows[0]?.textContent).toContain('Client 104');
    expect(section?.textContent).toContain('1 client would be told again.');

    fireEvent.click(screen.getByText('Show more of 105 clients'));

    expect(section?.querySelectorAll('tbody tr')).toHaveLength(105);
  });
});

function show(search = ''): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <MantineProvider>
      <QueryClientProvider client={client}>
        <MemoryRouter initialEntries={[`/plans/p${search}`]}>
          <Routes>
            <Route path="/plans/:id" element={<PlanPage />} />
          </Routes>
        </MemoryRouter>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

function aPlan(): Plan {
  return {
    id: 'p',
    hash: 'h',
    plannedAt: '2026-11-25T10:00:00.000Z',
    change: '8.4.0',
    build: null,
    policy: 'release-visible',
    rolloutId: null,
    summary: '1 of 2 clients has a date.',
    cohorts: [{ name: 'Rest', clients: 2 }],
    clients: [
      aRow({ key: 'north', name: 'North Park', slotStart: '2026-12-08T20:00:00.000Z' }),
      aRow({
        key: 'granite',
        name: 'Granite Bank',
        reasons: ['its own freeze until 20 January'],
        relaxation: {
          text: 'with the client’s own freeze lifted on 20 January: 21 January 20:00',
          slotStart: '2027-01-21T20:00:00.000Z',
        },
      }),
    ],
    warnings: [
      { client: 'north', name: 'North Park', warning: 'nobody to inform' },
      { client: 'east', name: 'East Park', warning: 'nobody to inform' },
    ],
    difference: null,
    likeDiffers: ['5 business days of notice instead of 3'],
    capacity: [
      { date: '2026-12-08', slots: 1, clients: ['north'], busiest: 1, limit: 4 },
      { date: '2026-12-09', slots: 6, clients: [], busiest: 4, limit: 4 },
    ],
  };
}

function aRow(differences: Partial<Plan['clients'][number]>): Plan['clients'][number] {
  const slotStart = differences.slotStart ?? null;
  return {
    key: 'client',
    name: 'Client',
    zone: 'UTC',
    cohort: 'Rest',
    consent: 'inform',
    noAnswerRule: 'wait',
    placed: slotStart !== null,
    kept: false,
    previewAt: null,
    answerBy: null,
    noticeAt: null,
    noticeDeadline: null,
    slotLatestEnd: slotStart,
    localStart: slotStart === null ? null : slotStart.slice(0, 19),
    reasons: [],
    differs: [],
    relaxation: null,
    whyMoved: null,
    pinned: null,
    missingTranslation: false,
    ...differences,
    slotStart,
  };
}

/** None keeps a date, and only the last is told. */
function aDifference(count: number): PlanDifference {
  const moves = Array.from({ length: count }, (_, index) => ({
    key: `c${index}`,
    name: `Client ${index}`,
    from: null,
    to: null,
    fromLocal: null,
    toLocal: null,
    reason: 'the new freeze',
    toldAgain: index === count - 1,
  }));
  return { moves, same: 0 };
}

function aRehearsal(): unknown {
  return {
    seed: 1,
    runs: 200,
    completeRuns: 120,
    completion: { p50: '2026-12-09T20:00:00.000Z', p90: null },
    clients: 3,
    placed: 1,
    verified: { min: 0, median: 1, max: 1 },
    timeline: [],
    messages: [{ kind: 'notice', count: 12 }],
    busiestHour: null,
    sources: ['Everything is assumed'],
    sentence: '1 of 3 by 9 December.',
  };
}
