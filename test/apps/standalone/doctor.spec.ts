import { settingFindings } from '../../../apps/standalone/diagnosis/setting-findings.ts';
import {
  databaseFindings,
  temporalFindings,
} from '../../../apps/standalone/diagnosis/server-findings.ts';
import { zoneFindings } from '../../../apps/standalone/diagnosis/zone-findings.ts';
import { emptyDatabase, freshDatabase } from '../../support/postgres.ts';
import { freePort } from '../../support/free-port.ts';

it('shows settings, but never a secret', () => {
  const findings = settingFindings({ DAYMARK_PORT: '4000', DAYMARK_SECRET: 'do-not-tell' });

  expect(findings).toContainEqual({ verdict: 'fine', about: 'DAYMARK_PORT', says: '4000' });
  expect(JSON.stringify(findings)).toContain('DAYMARK_SECRET');
  expect(JSON.stringify(findings)).not.toContain('do-not-tell');
});

it('finds a setting that nobody knows', () => {
  expect(settingFindings({ DAYMARK_COLOUR: 'red' })).toEqual([
    { verdict: 'wrong', about: 'DAYMARK_COLOUR', says: 'there is no such setting' },
  ]);
});

it('names the release of the zone data that decides', () => {
  expect(zoneFindings()[0]?.says).toMatch(/^20\d\d[a-z], bundled$/);
});

it('finds a current database fine, and says which server it is', async () => {
  const database = await freshDatabase();

  const findings = await databaseFindings(database.url);

  expect(findings).toContainEqual({ verdict: 'fine', about: 'database: schema', says: 'current' });
  expect(findings[0]?.says).toMatch(/^Postgres \d+/);
  await database.drop();
});

it('sends whoever has an empty database to the migration', async () => {
  const database = await emptyDatabase();

  const findings = await databaseFindings(database.url);

  const schema = findings.find(({ about }) => about === 'database: schema');
  expect(schema?.verdict).toBe('wrong');
  expect(schema?.says).toContain('./daymark migrate');
  await database.drop();
});

it('says that a server which keeps nothing safe is wrong', async () => {
  // The tests' own server runs without fsync, for speed.
  const database = await freshDatabase();

  const findings = await databaseFindings(database.url);

  const durability = findings.find(({ about }) => about === 'database: durability');
  expect(durability).toMatchObject({ verdict: 'wrong' });
  expect(durability?.says).toContain('fsync off');
  await database.drop();
});

it('tells what is not there without failing itself', async () => {
  const address = `127.0.0.1:${await freePort()}`;

  expect((await temporalFindings(address))[0]).toEqual({
    verdict: 'wrong',
    about: 'Temporal',
    says: `no answer at ${address}`,
  });
  const [database] = await databaseFindings(`postgres://nobody@${address}/none`);
  expect(database?.verdict).toBe('wrong');
});
