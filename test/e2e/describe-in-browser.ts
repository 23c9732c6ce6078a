import { findChromium } from './chromium.ts';

/** `describe` where there is a Chromium; where there is none it says so and skips. */
export const describeInBrowser: jest.Describe = findChromium() === null ? skipped() : describe;

function skipped(): jest.Describe {
  process.stderr.write(
    'No Chromium is found (DAYMARK_CHROMIUM): tests in a browser are skipped.\n',
  );
  return describe.skip;
}
