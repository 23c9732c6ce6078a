import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CalendarId } from '../../../domain/ids.ts';
import { type Instant, plusMs } from '../../../domain/instant.ts';
import { type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer, rightNow } from '../../support/fixtures.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

const dayMs = 86_400_000;
const dateIn = (days: number): string => plusMs(rightNow(), days * dayMs).slice(0, 10);
const at = (date: string, hour: string): Instant => `${date}T${hour}:00:00.000Z` as Instant;

describe('whom an edit moves that was told its date', () => {
  const [near, far] = [dateIn(10), dateIn(12)];
  const told = at(near, '12');
  const onDays = (...dates: readonly string[]): object => ({
    zone: 'UTC',
    allow: [{ on: { dates } }],
  });
  let api: TestApi;
  let policyCalendarId: CalendarId;
  let number = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    await api.put('/v1/calendars/far', { document: onDays(far) });
    const [row] = await api.pool.rows<{ id: CalendarId }>(
      `select c.id from calendar c where c.name = 'far'`,
    );
    policyCalendarId = row!.id;
  });

  afterAll(async () => {
    await api.close();
  });

  /** Two clients that were told the near day, on which the policy's calendar allows nothing. */
  async function toldRollout(): Promise<{ rollout: TestRollout; alma: string; bern: string }> {
    number += 1;
    const [alma, bern] = [`alma-${number}`, `bern-${number}`];
    const rollout = await insertRollout(api.pool, {
      clients: [{ key: alma }, { key: bern }],
      change: { version: `6.${number}.0` },
      policy: { name: `policy-${number}` },
      baseline: { version: `5.${number}.0` },
      clientState: 'scheduled',
      slotStart: told,
      policyCalendarId,
    });
    return { rollout, alma, bern };
  }

  async function agree(key: string, ...dates: readonly string[]): Promise<string> {
    const terms = { kind: 'calendar', document: onDays(...dates) };
    const order = { ...terms, source: 'call', owner: 'Dana' };
    return String((await api.post(`/v1/clients/${key}/agreements`, order)).body.id);
  }

  const endEffect = (id: string, call = {}): Promise<Reply> =>
    api.get(`/v1/agreements/${id}/end/effect`, call);

  const everything = async (): Promise<unknown> => [
    await api.pool.rows(`select cr.id, cr.slot_start, cr.state from client_rollout cr order by 1`),
    await api.pool.rows(`select ae.agreement_id from agreement_end ae`),
    await api.pool.rows(`select c.id from calendar c order by 1`),
    await api.pool.rows(`select e.id from event e order by 1`),
  ];

  it('says before an agreement ends who would get which date and be told again, and changes nothing', async () => {
    const { rollout, alma, bern } = await toldRollout();
    const [id] = [await agree(alma, near), await agree(bern, near)];
    const before = await everything();
    const { status, body } = await endEffect(id, { as: 'support' });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      valid: true,
      moved: 1,
      toldAgain: 1,
      unplaced: 0,
      summary: '1 client would move; it was told a date and would be told again.',
      rollouts: [
        {
          rolloutId: rollout.rolloutId,
          moves: [{ key: alma, from: told, to: at(far, '00'), toldAgain: true }],
        },
      ],
    });
    expect(await everything()).toEqual(before);
  });

  it('asks about the date with the same proposal once the agreement has ended', async () => {
    const { rollout, alma, bern } = await toldRollout();
    const [id] = [await agree(alma, near), await agree(bern, near)];
    const ended = await api.post(`/v1/agreements/${id}/end`, { reason: 'they changed their mind' });
    const again = await endEffect(id);
    const questions = await api.pool.rows<{ text: string }>(
      `select a.text from attention_item a where a.rollout_id = $1 and a.resolved_at is null`,
      [rollout.rolloutId],
    );

    expect(ended.status).toBe(200);
    expect([again.status, again.body.code]).toEqual([409, 'AGREEMENT_ENDED']);
    expect(questions).toHaveLength(1);
    expect(questions[0]!.text).toContain(`Told already: ${alma}. Plan it again: ${alma} to `);
    expect(questions[0]!.text).not.toContain(bern);
  });

  it('gives a date back that a freeze has closed, and tells nobody again, when the freeze would end', async () => {
    const { alma, bern } = await toldRollout();
    await agree(alma, near);
    await agree(bern, near);
    const days = { from: '2020-01-01T00:00', to: '2099-01-01T00:00', reason: 'stocktaking' };
    const freeze = { kind: 'freeze', ...days, source: 'call', owner: 'Dana' };
    const made = await api.post(`/v1/clients/${alma}/agreements`, freeze);
    const { body } = await endEffect(String(made.body.id));

    expect(body).toMatchObject({ moved: 1, toldAgain: 0 });
    expect(body.rollouts[0].moves).toMatchObject([
      { key: alma, from: null, to: told, reason: 'its present date becomes possible again' },
    ]);
  });

  it('knows no effect of an agreement that does not exist', async () => {
    const ghost = await endEffect('019acb5e-0000-7000-8000-000000000000');
    const noId = await endEffect('alma');
    const stranger = await endEffect('019acb5e-0000-7000-8000-000000000000', { as: null });

    expect([ghost.status, noId.status, stranger.status]).toEqual([404, 400, 401]);
  });

  it('says before a calendar is saved who was told a date that it closes', async () => {
    const { alma, bern } = await toldRollout();
    await agree(alma, near);
    await agree(bern, near, far);
    const open = { zone: 'UTC', allow: 'always' };
    await api.put('/v1/calendars/fair', { document: open });
    await api.put(`/v1/clients/${bern}/calendar`, { calendar: 'fair' });
    const deny = [{ name: 'the fair is on', between: ['2020-01-01T00:00', `${far}T06:00`] }];
    const before = await everything();
    const { body } = await api.post('/v1/calendars/fair/effect', { document: { ...open, deny } });

    expect(body).toMatchObject({ moved: 1, toldAgain: 1, unplaced: 0 });
    expect(body.rollouts[0].moves).toMatchObject([
      { key: bern, from: told, to: at(far, '06'), toldAgain: true },
    ]);
    expect(body.rollouts[0].moves[0].reason).toContain('the fair is on');
    expect(await everything()).toEqual(before);
  });
});
