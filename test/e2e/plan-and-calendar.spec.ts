import type { Browser, Locator, Page } from 'playwright-core';
import type { TestSystem } from '../support/system.ts';
import { openBrowser } from './chromium.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { startWithScreens } from './screens.ts';
import { openStaffPage, shows } from './staff-page.ts';

const version = '2.1.0';

/** The calendar that the policies of every new installation keep to. */
const calendar = 'support-days';

describeInBrowser('calendars and plans at the staff screens', () => {
  let system: TestSystem;
  let browser: Browser;
  let page: Page;
  let dialog: Locator;
  let plan: string;

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
    await page.goto(`/calendars/${calendar}`);
    await page.getByRole('button', { name: 'Remove Tuesday to Thursday evenings' }).click();
    await page.getByText('Nothing is allowed yet').waitFor();

    await openForm('Weekdays and hours');
    await showDays();
    await openForm('Freeze at the end');
    await dialog.getByLabel('Business days').fill('2');
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

    expect(await shows(page, /^\d+ of 9\d days have open time/)).toBe(true);
    expect(await shows(page, 'Tuesday to Thursday, 20:00–23:00')).toBe(true);
    expect(await shows(page, '2 of escalation for 8 hours within 72 hours after the work')).toBe(
      true,
    );
  }, 240_000);

  it('change a rule in the form it was entered in, and what no form can show in the text', async () => {
    await page.goto(`/calendars/${calendar}`);
    await page.getByRole('button', { name: 'Change Quarter end' }).click();
    const before = await dialog.getByLabel('Business days').inputValue();
    await dialog.getByLabel('Business days').fill('3');
    await showDays();
    await save();

    expect(before).toBe('2');
    expect(await shows(page, 'The last 3 business days of the quarter, all day')).toBe(true);
    await page.goto('/calendars/emergency');
    await page.getByRole('button', { name: 'Change Weekends' }).click();
    expect(await page.evaluate('getSelection()?.toString()')).toContain('Weekends');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }, 120_000);

  it('write down what two clients agreed: Sundays with one, a freeze with the other', async () => {
    await openAgreement('false-creek');
    await dialog.getByLabel('From', { exact: true }).fill('06:00');
    await dialog.getByLabel('To', { exact: true }).fill('12:00');
    await saveAgreement();
    await page.getByRole('row', { name: /^Own rollout days Sunday, 06:00–12:00/ }).waitFor();

    await openAgreement('southbank');
    await dialog.getByLabel('What was agreed').first().click();
    await page.getByRole('option', { name: 'Freeze' }).click();
    await dialog
      .getByLabel('From')
      .first()
      .fill(`${dateIn(-1)}T00:00`);
    await dialog
      .getByLabel('To')
      .first()
      .fill(`${dateIn(200)}T00:00`);
    await dialog.getByLabel('Why').fill('new car park');
    await saveAgreement();

    await page
      .getByText(/new car park/)
      .first()
      .waitFor();
  }, 120_000);

  it('plan a release before its build exists, say who cannot be placed and why, and what a freeze changes', async () => {
    await announceRelease();
    await page.getByRole('link', { name: 'Start a rollout' }).click();
    await next('Assessment');
    await next('Clients');
    await next('Cohorts');
    await page.getByText('Own cohorts').click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await next('Policy');
    const policy = page.getByRole('radio', { name: 'Release people will see' });
    const isProposed = await policy.isChecked();
    await page.getByRole('button', { name: 'See the plan' }).click();
    await page.getByRole('button', { name: 'Make the plan' }).click();

    expect(isProposed).toBe(true);
    expect(await shows(page, 'There is no build yet')).toBe(true);
    expect(await shows(page, 'Cannot be placed')).toBe(true);
    expect(await shows(page, /own freeze until .*: new car park/i)).toBe(true);
    expect(await shows(page, /with the client's own freeze lifted on/i)).toBe(true);
    const sundays = page.getByRole('row').filter({ hasText: 'False Creek Parking' });
    expect(await sundays.first().textContent()).toMatch(/Sun \d/);

    plan = page.url();
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
    plan = page.url();
  }, 240_000);

  it('keep a cadence with its next dates, propose the next rollout by it, and end it', async () => {
    await page.goto('/cadences');
    await page.getByRole('button', { name: 'New cadence' }).click();
    await dialog.getByLabel('Name').fill('monthly-release');
    await dialog.getByLabel('Title').fill('Monthly release');
    await dialog.getByRole('listitem').nth(4).waitFor();
    const dates = await dialog.getByRole('listitem').allTextContents();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'detached' });

    const card = page.getByRole('article', { name: 'Monthly release' });
    await card.waitFor();
    expect(dates.every((date) => date.startsWith('Thursday'))).toBe(true);
    expect(await card.getByRole('listitem').allTextContents()).toEqual(dates);

    await card.getByRole('button', { name: 'Propose the next rollout' }).click();
    await dialog.getByLabel('Which change goes out').first().click();
    await page.getByRole('option', { name: version }).click();
    await dialog.getByRole('button', { name: 'On to the plan' }).click();
    await page.getByRole('button', { name: 'Make the plan' }).click();
    expect(await shows(page, 'There is no build yet')).toBe(true);

    await page.goto('/cadences');
    await card.getByRole('button', { name: 'End' }).click();
    await dialog.getByRole('button', { name: 'End it now' }).click();
    await dialog.waitFor({ state: 'detached' });
    await card.getByText('Ended', { exact: true }).waitFor();
    expect(await card.getByRole('button').allTextContents()).toEqual(['Change']);
  }, 120_000);

  it('show whom the end of an agreement moves before it is ended', async () => {
    await page.goto(plan);
    await page.getByRole('button', { name: /^Start for/ }).click();
    await page.waitForURL(/\/rollouts\/[0-9a-f-]{36}/);
    await page.goto('/clients/false-creek');
    await page.getByRole('button', { name: /^End: Sunday/ }).click();

    const move = dialog.getByRole('row').filter({ hasText: 'False Creek Parking' });
    await move.waitFor();
    expect(await move.textContent()).toMatch(/Sun \d.*(Tue|Wed|Thu) \d/);
    await dialog.getByLabel('Reason').fill('the new contract has none');
    await dialog.getByRole('button', { name: 'End it now' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await shows(page, 'No agreement holds now')).toBe(true);
  }, 120_000);

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

  async function openAgreement(client: string): Promise<void> {
    await page.goto(`/clients/${client}`);
    await page.getByRole('button', { name: 'Add an agreement' }).click();
    await dialog.waitFor();
  }

  async function saveAgreement(): Promise<void> {
    await dialog.getByLabel('Where it was agreed').fill('mail of today');
    await dialog.getByRole('button', { name: 'See what it moves' }).click();
    await dialog.getByRole('button', { name: 'Save the agreement' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** Next month's release, assessed, without a build. */
  async function announceRelease(): Promise<void> {
    await page.goto('/changes');
    await page.getByRole('button', { name: 'New change' }).click();
    await dialog.getByLabel('Version').fill(version);
    await dialog.getByLabel('Title').fill('Next month');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('button', { name: 'Assess' }).click();
    await dialog.getByRole('radio', { name: /^Visible/ }).click();
    await dialog.getByLabel('Downtime in minutes').fill('5');
    await dialog.getByRole('button', { name: 'Save assessment' }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  /** One step on in the wizard, and there. */
  async function next(step: string): Promise<void> {
    await page.getByRole('button', { name: 'Next' }).click();
    await page.locator('[aria-current=step], [data-progress]').filter({ hasText: step }).waitFor();
  }
});

/** The date so many days from now. */
function dateIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
