import { afterEach, describe, expect, it } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  type BoundFunctions,
  cleanup,
  fireEvent,
  type queries,
  render,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import type { Agreement, Me } from '../../../../apps/web/src/api/types.ts';
import { openPage } from '../browser-page.ts';

const answers: Record<string, { status?: number; body: unknown }> = {};
const { asked } = openPage(answers);
const { MemoryRouter } = await import('react-router');
const { AgreementList } = await import('../../../../apps/web/src/agreements/agreement-list.tsx');
const { MeContext } = await import('../../../../apps/web/src/layout/me.ts');

const path = '/v1/clients/north/agreements';
const north = { key: 'north', name: 'North', zone: 'America/Toronto' };

afterEach(() => {
  cleanup();
  asked.length = 0;
  for (const each of Object.keys(answers)) Reflect.deleteProperty(answers, each);
});

describe('the agreements of a client', () => {
  it('says what belongs here where there is none', async () => {
    answers[path] = { body: { items: [] } };

    show('pm');

    expect(await screen.findByText('Nothing agreed beside the policy')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'Add an agreement' })).not.toBeNull();
  });

  it('names what was agreed, where, by whom it is kept, how long and for what', async () => {
    answers[path] = { body: { items: [anAgreement()] } };

    show('support');

    const row = (await screen.findByText('Own rollout days')).closest('tr');
    expect(row?.textContent).toContain('Sunday, 09:00–17:00 instead of the vendor’s days');
    expect(row?.textContent).toContain('Contract §4');
    expect(row?.textContent).toContain('anna@vendor.example');
    expect(row?.textContent).toContain('2 Nov 2026 until ended');
    expect(row?.textContent).toContain('Left aside for them');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('shows what holds no more only to whoever asks for it', async () => {
    const ended = { at: '2026-11-20T10:00:00Z', by: 'anna', reason: 'new contract' };
    answers[path] = { body: { items: [anAgreement({ ended })] } };
    show('pm');
    await screen.findByText('No agreement holds now');

    fireEvent.click(screen.getByRole('switch', { name: 'Show what holds no more (1)' }));

    expect(screen.getByText(/Ended by anna: new contract/)).not.toBeNull();
    expect(screen.queryByRole('button', { name: /^End: / })).toBeNull();
  });

  it('ends one only after it was seen what that moves, and asks why', async () => {
    answers[path] = { body: { items: [anAgreement()] } };
    show('pm');
    fireEvent.click(await screen.findByRole('button', { name: /^End: Sunday/ }));
    const dialog = within(await screen.findByRole('dialog'));
    const end = dialog.getByRole<HTMLButtonElement>('button', { name: 'End it now' });
    fireEvent.change(dialog.getByLabelText(/Reason/), { target: { value: 'new contract' } });
    expect(end.disabled).toBe(true);
    expect(dialog.getByRole('status', { name: 'Loading' })).not.toBeNull();
    cleanup();

    answers['/v1/agreements/a1/end/effect'] = { body: anEffect() };
    answers['/v1/agreements/a1/end'] = { body: anAgreement() };
    show('pm');
    fireEvent.click(await screen.findByRole('button', { name: /^End: Sunday/ }));
    const again = within(await screen.findByRole('dialog'));
    expect(await again.findByText('1 client would move')).not.toBeNull();
    fireEvent.change(again.getByLabelText(/Reason/), { target: { value: 'new contract' } });
    fireEvent.click(again.getByRole('button', { name: 'End it now' }));

    await closed();
    expect(asked).toContain('POST /v1/agreements/a1/end');
  });

  it('tells who ended it before, when somebody was first', async () => {
    answers[path] = { body: { items: [anAgreement()] } };
    answers['/v1/agreements/a1/end/effect'] = { body: anEffect() };
    const detail = 'This agreement was ended at 10:00, by bo@vendor.example (moved).';
    answers['/v1/agreements/a1/end'] = {
      status: 409,
      body: { title: 'Ended before', status: 409, code: 'AGREEMENT_ENDED', detail },
    };
    show('pm');
    fireEvent.click(await screen.findByRole('button', { name: /^End: Sunday/ }));
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByText('1 client would move');
    fireEvent.change(dialog.getByLabelText(/Reason/), { target: { value: 'new contract' } });

    fireEvent.click(dialog.getByRole('button', { name: 'End it now' }));

    expect((await dialog.findByRole('alert')).textContent).toContain(detail);
  });
});

describe('a new agreement', () => {
  it('is saved only after it was seen whom it moves and who is told again', async () => {
    answers[path] = { body: { items: [] } };
    answers[`${path}/effect`] = { body: anEffect() };
    const dialog = await fillIn();

    fireEvent.click(dialog.getByRole('button', { name: 'See what it moves' }));

    expect(await dialog.findByText('1 client would move')).not.toBeNull();
    const row = dialog.getByText('Tue 15 Dec 20:00').closest('tr');
    expect(row?.textContent).toContain('Sun 20 Dec 09:00');
    expect(row?.textContent).toContain('Yes');
    expect(dialog.getByText(/would have no date: no Sunday is left/)).not.toBeNull();
    expect(dialog.getByText('What would help: with one week more')).not.toBeNull();
    expect(asked).not.toContain(`POST ${path}`);

    fireEvent.click(dialog.getByRole('button', { name: 'Save the agreement' }));

    await closed();
    expect(asked).toContain(`POST ${path}`);
  });

  it('is not saved while its days cannot be read, and keeps what was filled in', async () => {
    answers[path] = { body: { items: [] } };
    const problems = [{ code: 'unknown-field', path: 'allow[0].at', message: 'no such field' }];
    answers[`${path}/effect`] = { body: { ...anEffect(), valid: false, problems } };
    const dialog = await fillIn();

    fireEvent.click(dialog.getByRole('button', { name: 'See what it moves' }));

    expect((await dialog.findByRole('alert')).textContent).toContain('allow[0].at: no such field');
    const save = dialog.getByRole<HTMLButtonElement>('button', { name: 'Save the agreement' });
    expect(save.disabled).toBe(true);

    fireEvent.click(dialog.getByRole('button', { name: 'Back to the agreement' }));

    const source = dialog.getByLabelText<HTMLInputElement>(/Where it was agreed/);
    expect(source.value).toBe('Contract §4');
  });

  it('says what is missing before anything is asked', async () => {
    answers[path] = { body: { items: [] } };
    const dialog = await openDialog();

    expect(dialog.getByText('Say where it was agreed.')).not.toBeNull();
    const next = dialog.getByRole<HTMLButtonElement>('button', { name: 'See what it moves' });
    expect(next.disabled).toBe(true);
  });
});

async function closed(): Promise<void> {
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).toBeNull();
  });
}

async function fillIn(): Promise<BoundFunctions<typeof queries>> {
  const dialog = await openDialog();
  const source = dialog.getByLabelText(/Where it was agreed/);
  fireEvent.change(source, { target: { value: 'Contract §4' } });
  return dialog;
}

async function openDialog(): Promise<BoundFunctions<typeof queries>> {
  show('pm');
  fireEvent.click(await screen.findByRole('button', { name: 'Add an agreement' }));
  return within(await screen.findByRole('dialog'));
}

function show(role: Me['role']): void {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const email = 'anna@vendor.example';
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MeContext
          value={{ actor: email, name: 'Anna', email, role, mayControl: false, demo: null }}
        >
          <MemoryRouter>
            <AgreementList client={north} />
          </MemoryRouter>
        </MeContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

function anAgreement(part: Partial<Agreement> = {}): Agreement {
  const allow = [{ name: 'Sundays', on: { weekdays: ['sun'] }, from: '09:00', to: '17:00' }];
  return {
    id: 'a1',
    client: 'north',
    kind: 'calendar',
    title: 'own allowed times',
    document: { zone: 'client', allow },
    source: 'Contract §4',
    owner: 'anna@vendor.example',
    since: '2026-11-02',
    expires: null,
    bindsCritical: false,
    createdBy: 'anna@vendor.example',
    createdAt: '2026-11-02T10:00:00Z',
    ended: null,
    ...part,
  };
}

function anEffect(): object {
  const move = {
    key: 'north',
    name: 'North',
    from: '2026-12-16T01:00:00Z',
    to: '2026-12-20T14:00:00Z',
    fromLocal: '2026-12-15T20:00:00',
    toLocal: '2026-12-20T09:00:00',
    reason: 'only Sundays are agreed',
    toldAgain: true,
  };
  const loss = {
    key: 'north',
    name: 'North',
    reasons: ['no Sunday is left'],
    relaxation: 'with one week more',
  };
  return {
    valid: true,
    problems: [],
    rollouts: [
      { rolloutId: 'r1', rolloutName: 'Release 8.4', moves: [move], unplaced: [] },
      { rolloutId: 'r2', rolloutName: 'Release 8.5', moves: [], unplaced: [loss] },
    ],
    moved: 1,
    toldAgain: 1,
    unplaced: 1,
    summary: '1 client would move',
  };
}
