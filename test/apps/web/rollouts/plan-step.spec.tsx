import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { openPage } from '../browser-page.ts';

const answers: Record<string, { status?: number; body: unknown }> = {};
const { asked } = openPage(answers);
const { NewRolloutPage } =
  await import('../../../../apps/web/src/rollouts/new/new-rollout-page.tsx');
const { showScreen } = await import('../show-screen.tsx');

const detail = 'Cadence "monthly" has no day within the next two years; save it with other days.';

afterEach(() => {
  cleanup();
  asked.length = 0;
  for (const each of Object.keys(answers)) Reflect.deleteProperty(answers, each);
});

describe('the plan that is about to be made', () => {
  it('is asked of the cadence that proposes it, and says why there is none', async () => {
    answers['/v1/cadences/monthly/propose'] = {
      status: 409,
      body: { title: 'Over', status: 409, code: 'CADENCE_OVER', detail },
    };
    await show('&cadence=monthly');
    expect(screen.getByText(/from the next day of “monthly” on/)).not.toBeNull();

    fireEvent.click(screen.getByRole('button', { name: 'Make the plan' }));

    expect((await screen.findByRole('alert')).textContent).toContain(detail);
    expect(asked).not.toContain('POST /v1/plans');
  });

  it('is asked for what was chosen step by step where no cadence proposes it', async () => {
    answers['/v1/plans'] = {
      status: 422,
      body: { title: 'No', status: 422, code: 'NO_CLIENTS', detail: 'Nobody is left.' },
    };
    await show('');

    fireEvent.click(screen.getByRole('button', { name: 'Make the plan' }));

    expect((await screen.findByRole('alert')).textContent).toContain('Nobody is left.');
    expect(asked).toContain('POST /v1/plans');
  });
});

async function show(more: string): Promise<void> {
  const address = `/rollouts/new?change=8.4.0&step=5${more}`;
  await showScreen(<NewRolloutPage />, { path: '/rollouts/new', address, role: 'pm' });
}
