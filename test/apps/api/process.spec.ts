import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../support/free-port.ts';
import { freshDatabase, emptyDatabase, type TestDatabase } from '../../support/postgres.ts';
import { type Program, programOf } from '../../support/program.ts';

describe('the API as a process', () => {
  let database: TestDatabase;
  let port: number;

  beforeAll(async () => {
    database = await freshDatabase();
    port = await freePort();
  });

  afterAll(async () => {
    await database.drop();
  });

  function apiWith(settings: Readonly<Record<string, string>> = {}): Program {
    return programOf({
      name: 'api',
      script: 'apps/api/main.js',
      environment: {
        DATABASE_URL: database.url,
        TEMPORAL_ADDRESS: '127.0.0.1:1',
        DAYMARK_BASE_URL: `http://127.0.0.1:${port}`,
        DAYMARK_HOST: '127.0.0.1',
        DAYMARK_PORT: String(port),
        DAYMARK_SECRET: 'a secret of at least thirty-two characters',
        DAYMARK_MAIL_FROM: 'Parkwise <releases@parkwise.example>',
        ...settings,
      },
      isReady: async () => {
        const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
        return ready?.status === 200;
      },
    });
  }

  it('starts while Temporal is away, and ends in order when it is asked to', async () => {
    const api = apiWith();
    await api.start();

    const contract = await fetch(`http://127.0.0.1:${port}/v1/openapi.json`);
    const code = await api.stop();

    expect(contract.status).toBe(200);
    expect(code).toBe(0);
    expect(api.log()).toContain('The API has stopped');
    expect(api.log()).not.toContain('thirty-two');
  });

  it.each([
    [
      'a plain http address of another machine',
      { DAYMARK_BASE_URL: 'http://daymark.example' },
      /DAYMARK_BASE_URL: write an https address/,
    ],
    [
      'a setting nobody knows',
      { DAYMARK_COLOUR: 'red' },
      /DAYMARK_COLOUR: there is no such setting/,
    ],
    ['a short secret', { DAYMARK_SECRET: 'short' }, /DAYMARK_SECRET: write at least 32 characters/],
  ])('refuses to start with %s and says which setting it is', async (_, settings, said) => {
    await expect(apiWith(settings).start()).rejects.toThrow(said);
  });

  it('refuses to start on a schema it does not know, and says what to do', async () => {
    const empty = await emptyDatabase();

    await expect(apiWith({ DATABASE_URL: empty.url }).start()).rejects.toThrow(/daymark migrate/);

    await empty.drop();
  });
});
