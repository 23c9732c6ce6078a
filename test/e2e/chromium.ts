import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of this machine with a profile of its own. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('Set DAYMARK_CHROMIUM to a Chromium');
  return await chromium.launch({ executablePath, args: flags });
}

/** The program that DAYMARK_CHROMIUM names, else one on the PATH; null when there is none. */
export function findChromium(): string | null {
  const given = process.env['DAYMARK_CHROMIUM'];
  if (given !== undefined && existsSync(given)) return given;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return places.find((place) => existsSync(place)) ?? null;
}
