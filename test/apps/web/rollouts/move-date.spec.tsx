import { afterEach, describe, expect, it } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { ClientRollout, Message } from '../../../../apps/web/src/api/types.ts';
import { openPage } from '../browser-page.ts';

const answers: Record<string, { status?: number; body: unknown }> = {};
const { asked } = openPage(answers);
const { freeWords, mayMove, toldOf } =
  await import('../../../../apps/web/src/rollouts/rollout/date-choice.ts');
const { MoveDateDialog } =
  await import('../../../../apps/web/src/rollouts/rollout/move-date-dialog.tsx');

const place = '/v1/rollouts/r1/clients/north';
const offers = `${place}/offers?count=12&by=person`;

afterEach(() => {
  cleanup();
  asked.length = 0;
  for (const each of Object.keys(answers)) Reflect.deleteProperty(answers, each);
});

describe('moving a date', () => {
  it('offers the dates that can be had, in the client’s time, and says how scarce they are', async () => {
    answers[offers] = { body: { items: [anOffer('2026-12-17', 1), anOffer('2026-12-22', 9)] } };

    void show();

    expect(await screen.findByLabelText('Thu 17 Dec 20:00')).not.toBeNull();
    expect(screen.getByText(/the last place/)).not.toBeNull();
    expect(screen.getByText(/plenty of room/)).not.toBeNull();
    expect(screen.getByText('The date so far is Tue 15 Dec 20:00, in Toronto.')).not.toBeNull();
  });

  it('says who will be told again', async () => {
    answers[offers] = { body: { items: [] } };

    void show([aMessage('notice', 'delivered', 'Ida'), aMessage('notice', 'accepted', 'Omar')]);

    const told = 'Ida and Omar were told the date and will be told again.';
    expect(await screen.findByText(told)).not.toBeNull();
  });

  it('gives the client the chosen date', async () => {
    answers[offers] = { body: { items: [anOffer('2026-12-17', 1)] } };
    answers[`${place}/date`] = { body: aChosenDate() };
    const closed = show();
    fireEvent.click(await screen.findByLabelText('Thu 17 Dec 20:00'));

    fireEvent.click(screen.getByRole('button', { name: 'Move the date' }));

    await closed;
    expect(asked).toContain(`POST ${place}/date`);
  });

  it('shows the other dates at once when somebody else took it', async () => {
    answers[offers] = { body: { items: [anOffer('2026-12-17', 1)] } };
    answers[`${place}/date`] = {
      status: 409,
      body: {
        title: 'Taken',
        status: 409,
        code: 'DATE_TAKEN',
        detail: 'Thursday 17 December 20:00 is taken.',
        offers: [anOffer('2026-12-29', 2)],
      },
    };
    void show();
    fireEvent.click(await screen.findByLabelText('Thu 17 Dec 20:00'));

    fireEvent.click(screen.getByRole('button', { name: 'Move the date' }));

    expect(await screen.findByText('Thursday 17 December 20:00 is taken.')).not.toBeNull();
    expect(screen.getByLabelText('Tue 29 Dec 20:00')).not.toBeNull();
    expect(screen.queryByLabelText('Thu 17 Dec 20:00')).toBeNull();
    const move = screen.getByRole<HTMLButtonElement>('button', { name: 'Move the date' });
    expect(move.disabled).toBe(true);
  });

  it('asks again within the client’s limits when the client asked for it', async () => {
    answers[offers] = { body: { items: [anOffer('2026-12-17', 1)] } };
    answers[`${place}/offers?count=12&by=client`] = { body: { items: [] } };
    void show();
    await screen.findByLabelText('Thu 17 Dec 20:00');

    fireEvent.click(screen.getByRole('switch', { name: /The client asked for it/ }));

    expect(await screen.findByText('No other date can be had')).not.toBeNull();
    expect(screen.getByText(/Clients may not move their dates here/)).not.toBeNull();
  });
});

describe('what a date depends on', () => {
  it.each([
    ['planned', true],
    ['asking', true],
    ['missed', true],
    ['deploying', false],
    ['done', false],
    ['skipped', false],
  ] as const)('a client that is %s may have another one: %s', (state, may) => {
    expect(mayMove({ state })).toBe(may);
  });

  it('counts whoever may have read a date, once, and nobody whose mail has not left', () => {
    const messages = [
      aMessage('notice', 'delivered', 'Ida'),
      aMessage('moved', 'unknown', 'Ida'),
      aMessage('notice', 'queued', 'Omar'),
      aMessage('notice', 'cancelled', 'Lena'),
      aMessage('release-on-preview', 'delivered', 'Kim'),
    ];

    expect(toldOf(messages)).toEqual(['Ida']);
  });

  it.each([
    [1, 'the last place'],
    [2, '2 places left'],
    [5, '5 places left'],
    [6, 'plenty of room'],
  ])('%i free reads as %s', (free, words) => {
    expect(freeWords(free)).toBe(words);
  });
});

/** Answers when the dialog was closed. */
function show(messages: readonly Message[] = []): Promise<void> {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MoveDateDialog
          rolloutId="r1"
          client={aClient(messages)}
          onClose={() => {
            resolve(undefined);
          }}
        />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return promise;
}

function aClient(messages: readonly Message[]): ClientRollout {
  return {
    clientRolloutId: 'cr1',
    key: 'north',
    name: 'North',
    zone: 'America/Toronto',
    cohort: 'all',
    state: 'scheduled',
    stateWords: 'Scheduled',
    since: '2026-11-20T10:00:00Z',
    reason: null,
    consent: 'inform',
    slotStart: '2026-12-16T01:00:00Z',
    slotLatestEnd: '2026-12-16T02:00:00Z',
    slotLocal: '2026-12-15T20:00:00',
    hold: null,
    whyNot: [],
    nextText: '',
    nextAt: null,
    previewVersion: null,
    productionVersion: null,
    round: null,
    notice: null,
    actions: [],
    story: [],
    messages: [...messages],
    deployments: [],
    rounds: [],
  };
}

function aMessage(kind: string, status: Message['status'], toName: string): Message {
  const at = '2026-11-20T10:00:00Z';
  return {
    id: `${kind} ${toName}`,
    kind,
    client: null,
    to: 'someone@north.example',
    toName,
    subject: '',
    status,
    statusSince: at,
    statusWords: '',
    live: true,
    acceptedAt: null,
    attempt: 1,
    lastError: null,
    createdAt: at,
  };
}

function anOffer(date: string, free: number): object {
  const start = new Date(`${date}T20:00:00-05:00`).toISOString();
  return { start, latestEnd: start, localStart: `${date}T20:00:00`, free };
}

function aChosenDate(): object {
  const slotStart = '2026-12-18T01:00:00Z';
  return { slotStart, slotLatestEnd: slotStart, localStart: '2026-12-17T20:00:00' };
}
