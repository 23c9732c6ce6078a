import { changeCalendar, useCalendar } from '../../activities/planning/change-calendar.ts';
import { inTransaction } from '../../database/in-transaction.ts';
import { seedDefaults } from '../../database/seed-defaults.ts';
import { listCalendars, readCalendarRevision } from '../../database/stores/calendar.store.ts';
import { listPolicies, readPolicy, savePolicy } from '../../database/stores/policy.store.ts';
import { seededCalendars } from '../../domain/rollout/seeded-calendars.ts';
import { demoPolicy, seededPolicies } from '../../domain/rollout/seeded-policies.ts';
import { insertDeployer, openTestStorage, type TestStorage } from '../support/fixtures.ts';
import { insertRollout } from '../support/rollout-fixture.ts';

let storage: TestStorage;

beforeEach(async () => {
  storage = await openTestStorage();
});
afterEach(() => storage.close());

it('seeds vendor, calendars and policies once, however many seed at once', async () => {
  await Promise.all([seedDefaults(storage.database), seedDefaults(storage.database)]);
  await seedDefaults(storage.database);

  const { pool } = storage;
  const [vendor] = await pool.rows(`select v.live, v.calendar_name, v.max_in_flight from vendor v`);
  expect(vendor).toEqual({ live: false, calendar_name: null, max_in_flight: 20 });
  const calendars = await listCalendars(pool);
  expect(calendars.map(({ name }) => name).sort()).toEqual(
    seededCalendars.map(({ calendar }) => calendar).sort(),
  );
  const policies = await listPolicies(pool);
  expect(policies.map(({ name }) => name).sort()).toEqual(
    seededPolicies.map(({ name }) => name).sort(),
  );
  expect(policies.every(({ revision }) => revision === 1)).toBe(true);
});

it('leaves what a person has edited as it is', async () => {
  await seedDefaults(storage.database);
  const [policy] = seededPolicies;
  await inTransaction(storage.database, (tx) =>
    savePolicy(tx, { document: { ...policy, maxInFlight: 9 }, actor: 'pm' }),
  );

  await seedDefaults(storage.database);

  const found = await readPolicy(storage.pool, policy?.name ?? '');
  expect(found).toMatchObject({ revision: 2, savedBy: 'pm', policy: { maxInFlight: 9 } });
  const first = await readPolicy(storage.pool, policy?.name ?? '', 1);
  expect(first).toMatchObject({ revision: 1, policy: { maxInFlight: policy?.maxInFlight } });
});

it('does not save a policy with problems', async () => {
  await seedDefaults(storage.database);
  const document = { ...demoPolicy, thresholdPercent: 0 };

  const saved = await inTransaction(storage.database, (tx) =>
    savePolicy(tx, { document, actor: 'pm' }),
  );

  expect(saved).toMatchObject({ kind: 'invalid', problems: [{ path: 'thresholdPercent' }] });
  expect(await readPolicy(storage.pool, 'demo')).toBeNull();
});

it('lets running rollouts keep to a new revision of their calendar at once', async () => {
  await seedDefaults(storage.database);
  await insertDeployer(storage.pool);
  const always = await readCalendarRevision(storage.pool, 'always');
  if (!always) throw new Error('not seeded');
  const rollout = await insertRollout(storage.pool, {
    policyCalendarId: always.id,
    clientCalendarId: always.id,
  });
  const deny = [{ name: 'Freeze', from: '00:00', to: '24:00' }];
  const frozen = { zone: 'client', allow: 'always', deny };

  const order = { name: 'always', actor: 'pm' };
  const refused = await changeCalendar(storage, { ...order, document: { zone: 'Mars/Base' } });
  const saved = await changeCalendar(storage, { ...order, document: frozen });

  expect(refused).toMatchObject({ kind: 'invalid', problems: [{ path: 'zone' }] });
  if (saved.kind !== 'saved') throw new Error(JSON.stringify(saved));
  const [row] = await storage.pool.rows(
    `select r.policy_calendar_id as policy, cr.client_calendar_id as client
     from rollout r
     join client_rollout cr on cr.rollout_id = r.id`,
  );
  expect(row).toEqual({ policy: saved.id, client: saved.id });
  expect(storage.wakes).toEqual([rollout.clients[0]?.workflowId]);
});

it('lets vendor and clients keep to calendars of their own, in running rollouts too', async () => {
  await seedDefaults(storage.database);
  await insertDeployer(storage.pool);
  await insertRollout(storage.pool, { clients: [{ key: 'ash' }, { key: 'birch' }] });
  const emergency = await readCalendarRevision(storage.pool, 'emergency');
  const always = await readCalendarRevision(storage.pool, 'always');
  const ash = { clientKey: 'ash' };

  const answers = [
    await useCalendar(storage, { of: 'vendor', name: 'emergency', actor: 'pm' }),
    await useCalendar(storage, { of: ash, name: 'always', actor: 'pm' }),
    await useCalendar(storage, { of: ash, name: 'nights', actor: 'pm' }),
    await useCalendar(storage, { of: { clientKey: 'yew' }, name: 'always', actor: 'pm' }),
  ];

  expect(answers).toMatchObject([
    { kind: 'used' },
    { kind: 'used' },
    { kind: 'refused', code: 'CALENDAR_NOT_FOUND' },
    { kind: 'refused', code: 'CLIENT_NOT_FOUND' },
  ]);
  const rows = await storage.pool.rows(
    `select cl.key, cl.calendar_name, cr.client_calendar_id as own, r.vendor_calendar_id as vendor
     from client_rollout cr
     join rollout r on r.id = cr.rollout_id
     join client cl on cl.id = cr.client_id
     order by cl.key`,
  );
  expect(rows).toEqual([
    { key: 'ash', calendar_name: 'always', own: always?.id, vendor: emergency?.id },
    { key: 'birch', calendar_name: null, own: null, vendor: emergency?.id },
  ]);
});
