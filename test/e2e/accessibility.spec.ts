import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { askedFirst } from '../chaos/quick-policy.ts';
import { type StartedRollout, startRollout } from '../support/running-rollout.ts';
import type { TestSystem } from '../support/system.ts';
import { openBrowser } from './chromium.ts';
import { linkInMailTo } from './client-mail.ts';
import { describeInBrowser } from './describe-in-browser.ts';
import { startWithScreens } from './screens.ts';
import { openStaffPage } from './staff-page.ts';

const screens = {
  light: [
    '/',
    '/rollouts',
    '/rollouts/:rollout',
    '/rollouts/:rollout?client=river-valley',
    '/rollouts/new?change=:version&step=4',
    '/clients',
    '/clients/river-valley',
    '/changes/:version',
    '/messages',
    '/calendars',
    '/calendars/support-days',
    '/cadences',
    '/plans/:plan',
    '/settings',
    '/settings?tab=policies',
  ],
  dark: [
    '/',
    '/rollouts/:rollout',
    '/rollouts/:rollout?client=river-valley',
    '/messages',
    '/clients/river-valley',
    '/calendars/support-days',
    '/cadences',
    '/plans/:plan',
  ],
} as const;

describeInBrowser('screens and pages for everybody', () => {
  let system: TestSystem;
  let browser: Browser;
  let rollout: StartedRollout;
  let link: string;
  let planId: string;

  beforeAll(async () => {
    [system, browser] = await Promise.all([startWithScreens(), openBrowser()]);
    rollout = await startRollout(system, { clients: ['river-valley'], policy: askedFirst });
    const { plan } = await system.api.get(
      `/v1/rollouts/${rollout.rolloutId}`,
      z.object({ plan: z.object({ id: z.string() }) }),
    );
    planId = plan.id;
    link = await linkInMailTo(system, {
      rolloutId: rollout.rolloutId,
      email: 'tyler.kowalchuk@river-valley.example',
    });
  }, 540_000);

  afterAll(async () => {
    await browser.close();
    await system.close();
  });

  it.each(['light', 'dark'] as const)(
    'keep to WCAG 2.2 AA in the staff screens, %s',
    async (colorScheme) => {
      const page = await openStaffPage(browser, system, { colorScheme, reducedMotion: 'reduce' });

      const found: Record<string, readonly string[]> = {};
      for (const screen of screens[colorScheme]) {
        const path = screen
          .replace(':rollout', rollout.rolloutId)
          .replace(':plan', planId)
          .replace(':version', rollout.version);
        await page.goto(path);
        await page.getByText('Up to date by itself').waitFor();
        await page.locator('body:not(:has([aria-label=Loading]))').waitFor();
        found[screen] = await seriousViolations(page);
      }

      expect(found).toEqual(Object.fromEntries(screens[colorScheme].map((screen) => [screen, []])));
      await page.context().close();
    },
    720_000,
  );

  it.each(['light', 'dark'] as const)(
    'keep to WCAG 2.2 AA behind the door and behind a link in a mail, %s',
    async (colorScheme) => {
      const context = await browser.newContext({ colorScheme });
      const page = await context.newPage();

      await page.goto(`${system.addresses.daymark}/sign-in`);
      await page.getByLabel('E-mail').waitFor();
      const door = await seriousViolations(page);
      await page.goto(link);
      const approval = await seriousViolations(page);

      expect({ door, approval }).toEqual({ door: [], approval: [] });
      await context.close();
    },
  );

  it('turn dark with the system', async () => {
    const page = await openStaffPage(browser, system, { colorScheme: 'dark' });
    await page.emulateMedia({ colorScheme: 'dark' });

    const staff = await brightnessOf(page);
    await page.goto(link);
    const client = await brightnessOf(page);

    expect(staff).toBeLessThan(60);
    expect(client).toBeLessThan(60);
    await page.context().close();
  });
});

/** What axe calls serious or critical, each with the places it was seen at. */
async function seriousViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Of the page behind everything, from 0 for black to 255 for white. */
async function brightnessOf(page: Page): Promise<number> {
  const colour = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const [red = 255, green = 255, blue = 255] = (colour.match(/\d+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}
