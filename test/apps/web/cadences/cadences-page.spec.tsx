import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type BoundFunctions,
  cleanup,
  fireEvent,
  type queries,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import type { Cadence, Me } from '../../../../apps/web/src/api/types.ts';
import { longDate } from '../../../../apps/web/src/words/dates.ts';
import { openPage } from '../browser-page.ts';

const answers: Record<string, { status?: number; body: unknown }> = {};
const { asked } = openPage(answers);
const { CadencesPage } = await import('../../../../apps/web/src/cadences/cadences-page.tsx');
const { showScreen } = await import('../show-screen.tsx');

const list = '/v1/cadences';

afterEach(() => {
  cleanup();
  asked.length = 0;
  for (const each of Object.keys(answers)) Reflect.deleteProperty(answers, each);
});

describe('the screen of cadences', () => {
  it('says that it is loading while the server has not answered', async () => {
    await show('pm');

    expect(screen.getByRole('status', { name: 'Loading' })).not.toBeNull();
  });

  it('says what a cadence is for where there is none', async () => {
    answers[list] = { body: { items: [] } };

    await show('pm');

    expect(await screen.findByText('No cadence yet')).not.toBeNull();
    expect(screen.getByRole('button', { name: 'New cadence' })).not.toBeNull();
  });

  it('shows the server’s own words when it may not be read, and offers to try again', async () => {
    answers[list] = { status: 403, body: refusal(403, 'FORBIDDEN', 'You may not see cadences.') };

    await show('support');

    expect((await screen.findByRole('alert')).textContent).toContain('You may not see cadences.');
    expect(screen.getByRole('button', { name: 'Try again' })).not.toBeNull();
  });

  it('names the days, the next dates, what is taken over, and when it was last used', async () => {
    const document = { ...aCadence().document, policy: 'visible', clients: { tags: ['big'] } };
    answers[list] = { body: { items: [aCadence({ document, last: '2026-11-12' })] } };

    await show('support');

    const card = within(await screen.findByRole('article', { name: 'Monthly release' }));
    expect(card.getByText('The second Thursday of the month, in Toronto')).not.toBeNull();
    expect(card.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      longDate('2026-12-10'),
      longDate('2027-01-14'),
    ]);
    expect(card.getByText('Under “visible”, for clients with big')).not.toBeNull();
    expect(card.getByText(/Last started for 12 Nov 2026/)).not.toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('offers neither a rollout nor an end for one that is over', async () => {
    answers[list] = { body: { items: [aCadence({ nextDates: [] })] } };

    await show('pm');

    const card = within(await screen.findByRole('article', { name: 'Monthly release' }));
    expect(card.getByText('Ended')).not.toBeNull();
    expect(card.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Change']);
  });
});

describe('a new cadence', () => {
  it('shows its next dates before it is saved', async () => {
    answers[list] = { body: { items: [] } };
    answers['/v1/calendars/ask'] = { body: { answers: [{ dates: ['2026-12-10'] }] } };
    answers[`${list}/monthly`] = { body: aCadence() };
    const dialog = await openNew();
    expect(await dialog.findByText(longDate('2026-12-10'))).not.toBeNull();
    expect(dialog.getByText('Give it a name.')).not.toBeNull();

    write(dialog, /Name/, 'monthly');
    write(dialog, /Title/, 'Monthly release');
    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));

    await closed();
    expect(asked).toContain(`PUT ${list}/monthly`);
    expect(asked).not.toContain(`GET ${list}/monthly`);
  });

  it('says in the server’s words why its days cannot be read', async () => {
    answers[list] = { body: { items: [] } };
    const error = { code: 'bad-number', message: 'on.monthly.nth must be 1 to 5' };
    answers['/v1/calendars/ask'] = { body: { answers: [{ error }] } };

    const dialog = await openNew();

    expect((await dialog.findByRole('alert')).textContent).toContain(error.message);
  });

  it('is not written over one of the same name', async () => {
    answers[list] = { body: { items: [aCadence()] } };
    const dialog = await openNew();

    write(dialog, /Name/, 'monthly');

    expect(dialog.getByText('There is a cadence of this name.')).not.toBeNull();
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Save' }).disabled).toBe(true);
  });
});

describe('a cadence that is there', () => {
  it('is not changed over a revision that nobody here has seen', async () => {
    answers[list] = { body: { items: [aCadence()] } };
    answers[`${list}/monthly`] = { body: aCadence({ revision: 4, savedBy: 'bo@vendor.example' }) };
    const dialog = await openVerb('Change');
    write(dialog, /Title/, 'Another title');

    fireEvent.click(dialog.getByRole('button', { name: 'Save' }));

    expect((await dialog.findByRole('alert')).textContent).toContain('bo@vendor.example saved');
    expect(asked).not.toContain(`PUT ${list}/monthly`);
  });

  it('is ended after the dates were seen that fall away', async () => {
    answers[list] = { body: { items: [aCadence()] } };
    answers[`${list}/monthly`] = { body: aCadence() };
    const dialog = await openVerb('End');
    expect(dialog.getByText(longDate('2027-01-14'))).not.toBeNull();
    expect(asked).not.toContain(`PUT ${list}/monthly`);

    fireEvent.click(dialog.getByRole('button', { name: 'End it now' }));

    await closed();
    expect(asked).toContain(`PUT ${list}/monthly`);
  });

  it('says why it was not ended', async () => {
    answers[list] = { body: { items: [aCadence()] } };
    answers[`${list}/monthly`] = {
      status: 403,
      body: refusal(403, 'FORBIDDEN', 'Only a project manager may do this.'),
    };
    const dialog = await openVerb('End');

    fireEvent.click(dialog.getByRole('button', { name: 'End it now' }));

    expect((await dialog.findByRole('alert')).textContent).toContain('Only a project manager');
  });

  it('leads to the plan of its next rollout once a change is chosen', async () => {
    answers[list] = { body: { items: [aCadence()] } };
    answers['/v1/changes'] = { body: { items: [{ version: '8.4.0', title: 'Maps' }] } };
    const dialog = await openVerb('Propose the next rollout');
    const on = dialog.getByRole<HTMLButtonElement>('button', { name: 'On to the plan' });
    expect(on.disabled).toBe(true);

    fireEvent.click(dialog.getByRole('combobox', { name: 'Which change goes out' }));
    fireEvent.click(await screen.findByRole('option', { name: '8.4.0: Maps' }));
    fireEvent.click(on);

    expect(await screen.findByText('Another screen')).not.toBeNull();
  });
});

async function openNew(): Promise<BoundFunctions<typeof queries>> {
  await show('pm');
  fireEvent.click(await screen.findByRole('button', { name: 'New cadence' }));
  return within(await screen.findByRole('dialog'));
}

async function openVerb(verb: string): Promise<BoundFunctions<typeof queries>> {
  await show('pm');
  fireEvent.click(await screen.findByRole('button', { name: `${verb}: Monthly release` }));
  return within(await screen.findByRole('dialog'));
}

function write(dialog: BoundFunctions<typeof queries>, label: RegExp, value: string): void {
  fireEvent.change(dialog.getByRole('textbox', { name: label }), { target: { value } });
}

async function closed(): Promise<void> {
  await waitFor(() => {
    expect(screen.queryByRole('dialog')).toBeNull();
  });
}

async function show(role: Me['role']): Promise<void> {
  await showScreen(<CadencesPage />, { path: '/cadences', address: '/cadences', role });
}

function refusal(status: number, code: string, detail: string): object {
  return { title: 'Refused', status, code, detail };
}

function aCadence(part: Partial<Cadence> = {}): Cadence {
  const on = { monthly: { nth: 2, weekday: 'thu' } };
  return {
    name: 'monthly',
    title: 'Monthly release',
    revision: 3,
    document: { title: 'Monthly release', zone: 'America/Toronto', on },
    nextDates: ['2026-12-10', '2027-01-14'],
    last: null,
    savedBy: 'anna@vendor.example',
    savedAt: '2026-11-02T10:00:00Z',
    ...part,
  };
}
