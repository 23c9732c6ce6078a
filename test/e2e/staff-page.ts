import { type Browser, type BrowserContextOptions, type Page, errors } from 'playwright-core';
import type { TestSystem } from '../support/system.ts';

/** How long a screen may take on a busy machine. */
export const patienceMs = 30_000;

/** A window of the product manager, signed in by the form. */
export async function openStaffPage(
  browser: Browser,
  { addresses, secrets }: TestSystem,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: addresses.daymark,
    viewport: { width: 1440, height: 900 },
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  await page.goto('/');
  await fillSignIn(page, secrets.passwords.pm);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
  return page;
}

/** Writes the product manager's name and password into the sign-in form. */
export async function fillSignIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill('pm@daymark.example');
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
}

/** Whether a text stands on the page, given the time a screen may take. */
export async function shows(
  page: Page,
  text: string | RegExp,
  timeoutMs = patienceMs,
): Promise<boolean> {
  try {
    await page.getByText(text).first().waitFor({ timeout: timeoutMs });
    return true;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return false;
    throw error;
  }
}
