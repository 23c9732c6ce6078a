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
import type { Me, Policy } from '../../../../apps/web/src/api/types.ts';
import { openPage } from '../browser-page.ts';

const answers: Record<string, { status?: number; body: unknown }> = {};
const { asked } = openPage(answers);
const { PoliciesTab } = await import('../../../../apps/web/src/settings/policies-tab.tsx');
const { showScreen } = await import('../show-screen.tsx');

const path = '/v1/policies/visible';

afterEach(() => {
  cleanup();
  asked.length = 0;
  for (const each of Object.keys(answers)) Reflect.deleteProperty(answers, each);
});

describe('the calendar of a policy', () => {
  it('is named, and a project manager is told who may choose another', async () => {
    await show('pm');

    const link = await screen.findByRole('link', { name: 'support-days' });
    expect(link.getAttribute('href')).toBe('/calendars/support-days');
    expect(screen.getByText(/An administrator can choose another calendar/)).not.toBeNull();
    expect(screen.queryByRole('button', { name: /^Use another/ })).toBeNull();
  });

  it('is changed to one that another was chosen for, and nothing else of the policy', async () => {
    answers[path] = { body: aPolicy() };
    const dialog = await choose('release-evenings');
    expect(dialog.getByText(/nobody’s date moves by this/)).not.toBeNull();

    fireEvent.click(dialog.getByRole('button', { name: 'Use this calendar' }));

    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    expect(asked).toContain(`PUT ${path}`);
  });

  it('is not changed over a revision that nobody here has seen', async () => {
    answers[path] = { body: aPolicy({ revision: 3, savedBy: 'bo@vendor.example' }) };
    const dialog = await choose('release-evenings');

    fireEvent.click(dialog.getByRole('button', { name: 'Use this calendar' }));

    expect((await dialog.findByRole('alert')).textContent).toContain('bo@vendor.example saved');
    expect(asked).not.toContain(`PUT ${path}`);
  });

  it('is not saved while it is the same', async () => {
    const dialog = await open();

    const use = dialog.getByRole<HTMLButtonElement>('button', { name: 'Use this calendar' });
    expect(use.disabled).toBe(true);
    expect(use.title).toBe('Choose another calendar first');
  });
});

async function choose(calendar: string): Promise<BoundFunctions<typeof queries>> {
  const dialog = await open();
  fireEvent.click(dialog.getByRole('combobox', { name: /^Rollouts under this policy/ }));
  fireEvent.click(await screen.findByRole('option', { name: calendar }));
  return dialog;
}

async function open(): Promise<BoundFunctions<typeof queries>> {
  const calendars = ['release-evenings', 'support-days'].map((name) => ({ name }));
  answers['/v1/calendars'] = { body: { items: calendars } };
  await show('admin');
  const name = 'Use another calendar for Visible release';
  fireEvent.click(await screen.findByRole('button', { name }));
  return within(await screen.findByRole('dialog'));
}

async function show(role: Me['role']): Promise<void> {
  answers['/v1/policies'] = { body: { items: [aPolicy()] } };
  await showScreen(<PoliciesTab />, { path: '/settings', address: '/settings', role });
  fireEvent.click(await screen.findByRole('button', { name: /^Visible release/ }));
}

function aPolicy(part: Partial<Policy> = {}): Policy {
  return {
    name: 'visible',
    title: 'Visible release',
    revision: 2,
    document: { name: 'visible', calendar: 'support-days', consent: 'object' },
    savedBy: 'anna@vendor.example',
    savedAt: '2026-11-02T10:00:00Z',
    ...part,
  };
}
