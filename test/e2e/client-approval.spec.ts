import type { Browser, Page } from 'playwright-core';
import { askedFirst } from '../chaos/quick-policy.ts';
import { clientStates, startRollout, until } from '../support/running-rollout.ts';
import type { TestSystem } from '../support/system.ts';
import { openBrowser } from './chromium.ts';
import { linkInMailTo } from './client-mail.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { startWithScreens } from './screens.ts';
import { shows } from './staff-page.ts';

describeInBrowser('the page behind the link in a mail', () => {
  let system: TestSystem;
  let browser: Browser;

  beforeAll(async () => {
    [system, browser] = await Promise.all([startWithScreens(), openBrowser()]);
  }, 360_000);

  afterAll(async () => {
    await browser.close();
    await system.close();
  });

  /** A phone whose mail client lets no script run. */
  async function openOnPhone(link: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      isMobile: true,
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    await page.goto(link);
    return page;
  }

  it('takes an approval on a phone without scripts and tells colleagues who gave it and when', async () => {
    const { rolloutId } = await startRollout(system, {
      clients: ['lakeshore'],
      policy: askedFirst,
    });
    const daniel = await linkInMailTo(system, { rolloutId, email: 'daniel.cho@lakeshore.example' });
    const priya = await linkInMailTo(system, { rolloutId, email: 'priya.nair@lakeshore.example' });
    const page = await openOnPhone(daniel);

    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    await page.getByLabel('I have tried it on our preview site').check();
    await page.getByLabel('Comment (optional)').first().fill('Looks good');
    await page.getByRole('button', { name: 'Approve for production' }).click();

    expect(width).toBeLessThanOrEqual(390);
    expect(await shows(page, 'Thank you, your answer is recorded.')).toBe(true);
    await page.goto(daniel);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Approved');
    const colleague = await openOnPhone(priya);
    expect(await shows(colleague, 'Daniel Cho approved the update')).toBe(true);
    expect(await shows(colleague, new RegExp(`${new Date().getFullYear()} at \\d\\d:\\d\\d`))).toBe(
      true,
    );
    expect(await colleague.getByRole('button').count()).toBe(0);
  });

  it('is French for a French contact, and its answer brings the update to production', async () => {
    const { rolloutId } = await startRollout(system, {
      clients: ['vieux-port'],
      policy: askedFirst,
    });
    const link = await linkInMailTo(system, {
      rolloutId,
      email: 'elodie.tremblay@vieux-port.example',
    });
    const page = await openOnPhone(link);

    const language = await page.locator('html').getAttribute('lang');
    await page.getByRole('checkbox').check();
    await page.locator('button[value=approve]').click();
    await until('vieux-port done', async () =>
      (await clientStates(system, rolloutId))['vieux-port'] === 'done' ? true : null,
    );
    await page.goto(link);

    expect(language).toBe('fr');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Acceptée');
    expect(await shows(page, 'Installée et vérifiée')).toBe(true);
  });

  it('decides nothing when it is opened, and takes a no only with its reason', async () => {
    const { rolloutId } = await startRollout(system, { clients: ['harbour'], policy: askedFirst });
    const link = await linkInMailTo(system, { rolloutId, email: 'maeve.power@harbour.example' });
    const page = await openOnPhone(link);
    const before = await clientStates(system, rolloutId);

    await page.getByText('No, not like this').click();
    await page.getByLabel('What is wrong or missing?').fill('The legend is gone');
    await page.getByRole('button', { name: 'Do not approve' }).click();

    expect(before).toEqual({ harbour: 'asking' });
    expect(await shows(page, 'The legend is gone')).toBe(true);
    expect(await clientStates(system, rolloutId)).toEqual({ harbour: 'rejected' });
  });
});
