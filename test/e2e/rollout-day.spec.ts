import type { Browser, Page } from 'playwright-core';
import { askedFirst, informedOnly } from '../chaos/quick-policy.ts';
import { announceChange, clientStates, startRollout, until } from '../support/running-rollout.ts';
import type { TestSystem } from '../support/system.ts';
import { openBrowser } from './chromium.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { startWithScreens } from './screens.ts';
import { fillSignIn, openStaffPage, shows } from './staff-page.ts';

describeInBrowser('a day at the staff screens', () => {
  let system: TestSystem;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [system, browser] = await Promise.all([startWithScreens(), openBrowser()]);
    page = await openStaffPage(browser, system);
  }, 540_000);

  afterAll(async () => {
    await browser.close();
    await system.close();
  });

  it('starts the plan that the wizard shows, and shows its rollout to the end without a reload', async () => {
    const { version, policy } = await announceChange(system, informedOnly);
    const params = new URLSearchParams({ who: 'keys', keys: 'citadel,exchange' });
    await page.goto(`/rollouts/new?${params.toString()}`);
    const next = page.getByRole('button', { name: 'Next' });

    await page.getByRole('radio', { name: version }).click();
    await next.click();
    await next.click();
    await next.click();
    await next.click();
    await page.goto(`${page.url()}&policy=${policy.name}`);
    await page.getByRole('button', { name: 'See the plan' }).click();
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await page.getByRole('button', { name: 'Start for 2 clients' }).click();
    await page.waitForURL(/\/rollouts\/[0-9a-f-]{36}/);
    await page.evaluate(`document.body.dataset.opened = 'once'`);

    expect(await shows(page, 'All 2 clients are done', 60_000)).toBe(true);
    expect(await page.evaluate('document.body.dataset.opened')).toBe('once');
  }, 360_000);

  it('lets nothing new start from "Stop starting" until somebody resumes', async () => {
    const { rolloutId } = await startRollout(system, {
      clients: ['bow-river'],
      policy: askedFirst,
    });
    await page.goto(`/rollouts/${rolloutId}`);

    await page.getByRole('button', { name: 'Stop starting' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('The phones are red');
    await dialog.getByRole('button', { name: 'Stop starting' }).click();
    const isStopped = await shows(page, 'Nothing new starts.');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    const tellsPause = await shows(page, 'Paused');
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('All is quiet');
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();

    expect({ isStopped, tellsPause }).toEqual({ isStopped: true, tellsPause: true });
    await page.getByRole('button', { name: 'Stop starting' }).waitFor();
    await until('bow-river asked', async () =>
      (await clientStates(system, rolloutId))['bow-river'] === 'asking' ? true : null,
    );
  });

  it('can be signed in to and stopped by the keyboard alone', async () => {
    const { rolloutId } = await startRollout(system, {
      clients: ['southbank'],
      policy: askedFirst,
    });
    const context = await browser.newContext({ baseURL: system.addresses.daymark });
    const keys = await context.newPage();
    await keys.goto(`/rollouts/${rolloutId}`);
    await keys.getByLabel('E-mail').waitFor();

    await keys.keyboard.type('pm@daymark.example');
    await keys.keyboard.press('Tab');
    await keys.keyboard.type(system.secrets.passwords.pm);
    await keys.keyboard.press('Enter');
    await keys.getByRole('button', { name: 'Stop starting' }).waitFor();
    await keys.keyboard.press('Shift+P');
    await keys.getByRole('dialog').waitFor();
    await keys.keyboard.type('By hand');
    await keys.keyboard.press('Enter');

    expect(await shows(keys, 'Nothing new starts.')).toBe(true);
    await keys.keyboard.press('Enter');
    await keys.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await shows(keys, 'Resume')).toBe(true);
    await context.close();
  });

  it('asks to sign in again when a session is over, and leads back to the same screen', async () => {
    const context = await browser.newContext({ baseURL: system.addresses.daymark });
    const late = await context.newPage();
    await late.goto('/clients');
    await fillSignIn(late, system.secrets.passwords.pm);
    await late.getByRole('button', { name: 'Sign in' }).click();
    await late.getByRole('heading', { name: 'Clients', level: 1 }).waitFor();

    await system.pool.rows(`update staff_session as s set expires_at = s.created_at`, []);
    await late.goto('/clients?search=harbour');
    await fillSignIn(late, system.secrets.passwords.pm);
    await late.getByRole('button', { name: 'Sign in' }).click();

    expect(await shows(late, 'Harbour Parking Authority')).toBe(true);
    expect(new URL(late.url()).pathname + new URL(late.url()).search).toBe(
      '/clients?search=harbour',
    );
    await context.close();
  });
});
