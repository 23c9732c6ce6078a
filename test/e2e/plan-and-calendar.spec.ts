import type { Browser, Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { seededPolicies } from '../../domain/rollout/seeded-policies.ts';
import type { TestSystem } from '../support/system.ts';
import { openBrowser } from './chromium.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { startWithScreens } from './screens.ts';
import { openStaffPage, shows } from './staff-page.ts';

const version = '2.1.0';
const calendar = 'release-evenings';
const policy = 'by-release-evenings';

describeInBrowser('calendars and plans at the staff screens', () => {
  let system: TestSystem;
  let browser: Browser;
  let page: Page;
  let dialog: Locator;

  beforeAll(async () => {
    [system, browser] = await Promise.all([startWithScreens(), openBrowser()]);
    page = await openStaffPage(browser, system);
    dialog = page.getByRole('dialog');
  }, 540_000);

  afterAll(async () => {
    await browser.close();
    await system.close();
  });

  it('take the rules of a careful vendor by forms, and show the windows of the next quarter', async () => {
    await page.goto('/calendars');
    await page.getByRole('button', { name: 'New calendar' }).click();
    await dialog.getByLabel('Name').fill(calendar);
    await dialog.getByRole('radio', { name: 'Nothing yet' }).click();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: calendar, level: 1 }).waitFor();

    await openForm('Weekdays and hours');
    await showDays();
    await openForm('Freeze at the end');
    await showDays();
    await openForm('Who has to be there');
    await dialog.getByLabel('Within hours after the work').fill('72');
    await showDays();
    await openForm('A weekday of the month');
    await dialog.getByLabel('Only for clients with all these tags').first().fill('pilot');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await dialog.getByRole('switch').click({ force: true });
    await showDays();
    await save();
    await page.getByRole('button', { name: 'Next quarter' }).click();

    expect(await shows(page, 'The last 3 business days of the quarter, all day')).toBe(true);
    expect(await shows(page, /^\d+ of 9\d days have open time/)).toBe(true);
    expect(await shows(page, '2 of escalation for 8 hours within 72 hours after the work')).toBe(
      true,
    );
  }, 240_000);

  it('plan a release before its build exists, say who cannot be placed and why, and what a freeze changes', async () => {
    await prepareRelease();
    const cohorts = JSON.stringify([{ name: 'All', rest: true }]);
    const params = new URLSearchParams({ change: version, policy, cohorts, step: '5' });
    await page.goto(`/rollouts/new?${params.toString()}`);
    await page.getByRole('button', { name: 'Make the plan' }).click();

    expect(await shows(page, 'There is no build yet')).toBe(true);
    expect(await shows(page, 'Cannot be placed')).toBe(true);
    expect(await shows(page, /own freeze until .*: new car park/i)).toBe(true);
    expect(await shows(page, /with the client's own freeze lifted on/i)).toBe(true);
    expect(await shows(page, 'False Creek Parking')).toBe(true);
    const sundays = page.getByRole('row').filter({ hasText: 'False Creek Parking' });
    expect(await sundays.first().textContent()).toMatch(/Sun \d/);

    const plan = page.url();
    await page.goto(`/calendars/${calendar}`);
    await openForm('Freeze between dates');
    await dialog.getByLabel('First day').fill(dateIn(0));
    await dialog.getByLabel('Last day').fill(dateIn(28));
    await showDays();
    await save();
    await page.goto(plan);
    await page.getByRole('button', { name: 'Plan again' }).click();

    const changed = page.getByRole('region', { name: 'What changed' });
    await changed.getByText('Citadel Parking').waitFor();
    expect(await changed.getByRole('row').count()).toBeGreaterThan(1);
  }, 240_000);

  async function openForm(name: string): Promise<void> {
    await page.getByRole('button', { name: 'Add a rule' }).click();
    await page.getByRole('menuitem', { name }).click();
    await dialog.waitFor();
  }

  async function showDays(): Promise<void> {
    await dialog.getByRole('button', { name: 'Show these days' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  async function save(): Promise<void> {
    await page.getByRole('button', { name: 'See what it moves' }).click();
    await dialog.getByRole('button', { name: 'Save the calendar' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Not saved.').waitFor({ state: 'detached' });
  }

  /** Next month's release without a build; one client by agreement on Sundays, one with a freeze of its own. */
  async function prepareRelease(): Promise<void> {
    const visible = seededPolicies.find(({ name }) => name === 'visible-release');
    const document = { ...visible, name: policy, calendar };
    await send('PUT', `/v1/policies/${policy}`, { document });
    await send('POST', '/v1/changes', { kind: 'release', version, title: 'Next month' });
    const assessment = { impact: 'visible', downtimeMinutes: 5, reversible: true };
    await send('POST', `/v1/changes/${version}/assessments`, assessment);
    const agreed = { source: 'mail of today', owner: 'pm@daymark.example' };
    const on = { weekdays: ['sun'] };
    await send('POST', '/v1/clients/false-creek/agreements', {
      kind: 'calendar',
      document: { zone: 'client', allow: [{ name: 'Sundays', on, from: '06:00', to: '12:00' }] },
      ...agreed,
    });
    await send('POST', '/v1/clients/southbank/agreements', {
      kind: 'freeze',
      from: `${dateIn(-1)}T00:00`,
      to: `${dateIn(200)}T00:00`,
      reason: 'new car park',
      ...agreed,
    });
  }

  async function send(method: 'PUT' | 'POST', path: string, body: object): Promise<void> {
    await system.api.send({ method, path, body }, z.unknown());
  }
});

/** The date so many days from now. */
function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
