import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { openBrowser } from './chromium.ts';

// Takes the pictures of docs/ from a demo of its own: node test/e2e/take-screenshots.ts
const root = join(import.meta.dirname, '../..');
const data = mkdtempSync(join(tmpdir(), 'daymark-pictures-'));
const demo = spawn(process.execPath, ['apps/standalone/bootstrap.mjs', 'start', '--data', data], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = once(demo, 'exit');
let said = '';
demo.stdout.on('data', (part: Buffer) => {
  said += part.toString();
});
try {
  const [, mail = ''] = await untilSaid(/Read its mail and answer: +(\S+)/);
  const [, staff = ''] = await untilSaid(/Staff screens +(\S+)/);
  const [, password = ''] = await untilSaid(/pm@daymark\.example +(\S+)/);
  const browser = await openBrowser();
  await takeApproval(browser, mail);
  await takeRollout(browser, staff, password);
  await browser.close();
} finally {
  demo.kill('SIGINT');
  await ended;
  rmSync(data, { recursive: true, force: true });
}

async function untilSaid(wanted: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const match = wanted.exec(said);
    if (match !== null) return match;
    if (demo.exitCode !== null) throw new Error(`The demo ended too early:\n${said}`);
    await pause(200);
  }
}

/** The page behind the link of the mail that is left to the reader, on a phone. */
async function takeApproval(browser: Browser, mail: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    colorScheme: 'light',
  });
  await page.goto(mail);
  const link = page.frameLocator('iframe').getByRole('link', { name: 'See the update and answer' });
  const address = await link.getAttribute('href');
  await page.goto(address ?? '');
  await page.screenshot({ path: join(root, 'docs/approval.png') });
  await page.close();
}

/** The rollout when some clients are done and others are not. */
async function takeRollout(browser: Browser, staff: string, password: string): Promise<void> {
  const { rolloutId } = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as {
    readonly rolloutId: string;
  };
  const page = await browser.newPage({
    baseURL: staff,
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
  });
  await page.goto(`/rollouts/${rolloutId}`);
  await page.getByLabel('E-mail').fill('pm@daymark.example');
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(/^[56] of 12 clients done/).waitFor({ timeout: 300_000 });
  await page.screenshot({ path: join(root, 'docs/rollout.png') });
  await page.close();
}
