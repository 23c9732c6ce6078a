import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type BoundFunctions,
  cleanup,
  fireEvent,
  type queries,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import type { CalendarDetail, Me, Timeline } from '../../../../apps/web/src/api/types.ts';
import type { CalendarDocument } from '../../../../apps/web/src/calendars/document/calendar-document.ts';
import { openPage } from '../browser-page.ts';

const answers: Record<string, { status?: number; body: unknown }> = {};
const { asked } = openPage(answers);
const { CalendarPage } = await import('../../../../apps/web/src/calendars/calendar-page.tsx');
const { showScreen } = await import('../show-screen.tsx');

const path = '/v1/calendars/evenings';

beforeEach(() => {
  answers[path] = { body: aCalendar() };
  answers['/v1/calendars/explain'] = { body: aTimeline() };
});

afterEach(() => {
  cleanup();
  asked.length = 0;
  for (const each of Object.keys(answers)) Reflect.deleteProperty(answers, each);
});

describe('the page of a calendar', () => {
  it('says that it is loading while the server has not answered', async () => {
    Reflect.deleteProperty(answers, path);

    await show('pm');

    expect(screen.getByRole('status', { name: 'Loading' })).not.toBeNull();
  });

  it.each([
    [403, 'You may not see this calendar.'],
    [404, 'There is no calendar "evenings".'],
  ])('shows the server’s own words for %i, and offers to try again', async (status, detail) => {
    answers[path] = { status, body: { title: 'No', status, code: 'NO', detail } };

    await show('support');

    expect((await screen.findByRole('alert')).textContent).toContain(detail);
    expect(screen.getByRole('button', { name: 'Try again' })).not.toBeNull();
  });

  it('says what to add first where nothing is allowed', async () => {
    answers[path] = { body: aCalendar({ zone: 'UTC' }) };

    await show('pm');

    expect(await screen.findByText('Nothing is allowed yet')).not.toBeNull();
    expect(screen.getByText(/Nobody yet\. It decides nothing/)).not.toBeNull();
  });

  it('shows its days and rules to whoever may only read, and no way to change them', async () => {
    await show('support');

    expect(await screen.findByText('Tuesday, 20:00–23:00')).not.toBeNull();
    expect(await screen.findByText('1 of 2 days have open time')).not.toBeNull();
    expect(screen.queryByRole('button', { name: 'Add a rule' })).toBeNull();
    expect(screen.queryByRole('button', { name: /^(Change|Remove) / })).toBeNull();
  });
});

describe('an edit of a calendar', () => {
  it('opens the form of a rule filled in, and puts the rule back in its place', async () => {
    await show('pm');
    const dialog = await openRule('Evenings');
    expect(dialog.getByLabelText<HTMLInputElement>('From').value).toBe('20:00');

    fireEvent.change(dialog.getByLabelText('From'), { target: { value: '21:00' } });
    fireEvent.click(dialog.getByRole('button', { name: 'Show these days' }));

    expect(await screen.findByText('Tuesday, 21:00–23:00')).not.toBeNull();
    expect(screen.queryByText('Tuesday, 20:00–23:00')).toBeNull();
    expect(screen.getByText('Not saved.')).not.toBeNull();
  });

  it('marks a rule in the text where no form can show it', async () => {
    await show('pm');

    const dialog = await openRule('Every other');

    const text = dialog.getByRole<HTMLTextAreaElement>('textbox', { name: 'Calendar as YAML' });
    const { value, selectionStart, selectionEnd } = text;
    expect(value.slice(selectionStart, selectionEnd)).toMatch(/^name: Every other/);
    expect(dialog.getByText(/says more than a form can show/)).not.toBeNull();
  });

  it('keeps a text that the server cannot read in the dialog, with what is wrong', async () => {
    const problem = { code: 'unknown-field', path: 'allow[0].at', message: 'no such field' };
    answers['/v1/calendars/validate'] = { body: { valid: false, problems: [problem] } };
    await show('pm');
    const dialog = await openRule('Every other');

    fireEvent.click(dialog.getByRole('button', { name: 'Show these days' }));

    expect((await dialog.findByRole('alert')).textContent).toContain('allow[0].at: no such field');
    expect(screen.queryByText('Not saved.')).toBeNull();
  });

  it('is saved only after it was seen whom it moves', async () => {
    answers[`${path}/effect`] = { body: anEffect() };
    const dialog = await reviewRemoval();
    expect(await dialog.findByText('Nobody would move')).not.toBeNull();
    expect(asked).not.toContain(`PUT ${path}`);

    fireEvent.click(dialog.getByRole('button', { name: 'Save the calendar' }));

    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect(asked).toContain(`PUT ${path}`);
  });

  it('is not written over a revision that nobody here has seen', async () => {
    answers[`${path}/effect`] = { body: anEffect() };
    const dialog = await reviewRemoval();
    await dialog.findByText('Nobody would move');
    const detail = 'Revision 8 by bo@vendor.example is newer; look at it first.';
    const code = 'CALENDAR_CHANGED';
    answers[path] = { status: 409, body: { title: 'Changed', status: 409, code, detail } };

    fireEvent.click(dialog.getByRole('button', { name: 'Save the calendar' }));

    expect((await dialog.findByRole('alert')).textContent).toContain(detail);
    expect(screen.getByText('Not saved.')).not.toBeNull();
  });

  it('is forgotten when it is discarded', async () => {
    await show('pm');
    fireEvent.click(await screen.findByRole('button', { name: 'Remove Evenings' }));
    expect(screen.queryByText('Tuesday, 20:00–23:00')).toBeNull();

    fireEvent.click(screen.getByRole('button', { name: 'Discard' }));

    expect(screen.getByText('Tuesday, 20:00–23:00')).not.toBeNull();
    expect(screen.queryByText('Not saved.')).toBeNull();
  });
});

async function openRule(name: string): Promise<BoundFunctions<typeof queries>> {
  fireEvent.click(await screen.findByRole('button', { name: `Change ${name}` }));
  return within(await screen.findByRole('dialog'));
}

async function reviewRemoval(): Promise<BoundFunctions<typeof queries>> {
  await show('pm');
  fireEvent.click(await screen.findByRole('button', { name: 'Remove Evenings' }));
  fireEvent.click(screen.getByRole('button', { name: /^See what it moves/ }));
  return within(await screen.findByRole('dialog'));
}

async function show(role: Me['role']): Promise<void> {
  const address = '/calendars/evenings';
  await showScreen(<CalendarPage />, { path: '/calendars/:name', address, role });
}

const rules: CalendarDocument = {
  zone: 'UTC',
  allow: [
    { name: 'Evenings', on: { weekdays: ['tue'] }, from: '20:00', to: '23:00' },
    {
      name: 'Every other',
      on: { every: { since: '2026-10-06', weeks: 2 } },
      from: '20:00',
      to: '23:00',
    },
  ],
};

function aCalendar(document: CalendarDocument = rules): CalendarDetail {
  return {
    name: 'evenings',
    revision: 7,
    document: { ...document },
    savedBy: 'anna@vendor.example',
    savedAt: '2026-11-02T10:00:00Z',
    usedBy: [],
    yaml: 'zone: UTC\n',
    revisions: [{ revision: 7, savedBy: 'anna@vendor.example', savedAt: '2026-11-02T10:00:00Z' }],
  };
}

function aTimeline(): Timeline {
  return {
    zone: 'UTC',
    from: '2026-12-01',
    to: '2026-12-02',
    worstCase: 'PT0S',
    days: [],
    opens: 1,
    summary: '1 of 2 days have open time',
  };
}

function anEffect(): object {
  const counts = { moved: 0, toldAgain: 0, unplaced: 0 };
  return { valid: true, problems: [], rollouts: [], ...counts, summary: 'Nobody would move' };
}
