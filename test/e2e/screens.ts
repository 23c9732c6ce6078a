import { join } from 'node:path';
import { startSystem, type TestSystem } from '../support/system.ts';

/** The whole system with the built staff screens; no contact answers by itself. */
export function startWithScreens(): Promise<TestSystem> {
  const screens = join(import.meta.dirname, '../../dist/web');
  return startSystem({ contacts: 'off', environment: { DAYMARK_WEB_DIR: screens } });
}
