import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instant } from '../../../domain/instant.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer } from '../../support/fixtures.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

describe('the days of a calendar', () => {
  let api: TestApi;
  let rollout: TestRollout;
  let key: string;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    rollout = await insertRollout(api.pool, {
      clients: [{ zone: 'America/Toronto' }, { zone: 'UTC' }],
      clientState: 'scheduled',
      slotStart: '2027-01-06T01:00:00.000Z' as Instant,
      slotLatestEnd: '2027-01-06T04:00:00.000Z' as Instant,
    });
    ({ key } = rollout.clients[0]!);
    await api.put('/v1/calendars/tuesdays', { document: tuesdays });
  });

  afterAll(async () => {
    await api.close();
  });

  const tuesdays = {
    zone: 'America/Toronto',
    allow: [{ name: 'Tuesdays', on: { weekdays: ['tue'] }, from: '20:00', to: '23:00' }],
    deny: [{ name: 'Epiphany', between: ['2027-01-05T21:00', '2027-01-07T00:00'] }],
  };
  const days = { from: '2027-01-05', to: '2027-01-06' };

  it('shows open stretches, reasons, and the dates that clients have', async () => {
    const { status, body } = await api.post('/v1/calendars/explain', {
      document: tuesdays,
      ...days,
    });

    expect(status).toBe(200);
    expect(body).toMatchObject({ zone: 'America/Toronto', ...days, opens: 1, worstCase: null });
    expect(body.days[0]).toMatchObject({
      weekday: 'tue',
      open: [
        { localStart: '2027-01-05T20:00:00', localEnd: '2027-01-05T21:00:00', rules: ['Tuesdays'] },
      ],
      closedBecause: [{ layer: 'calendar', rule: 'Epiphany' }],
    });
    expect(body.days[0].slots).toMatchObject([
      { client: rollout.clients[0]!.key, rolloutId: rollout.rolloutId, state: 'scheduled' },
      { client: rollout.clients[1]!.key, start: '2027-01-06T01:00:00.000Z' },
    ]);
    expect(body.days[1]).toMatchObject({ open: [], slots: [] });
  });

  it('shows a client’s layers with its freezes, in its zone, with its own dates alone', async () => {
    const freeze = { from: '2027-01-05T12:00', to: '2027-01-08T00:00', reason: 'stocktaking' };
    const told = { source: 'mail', owner: 'Dana' };
    await api.post(`/v1/clients/${key}/agreements`, { kind: 'freeze', ...freeze, ...told });
    const { body } = await api.post('/v1/calendars/explain', { client: key, ...days });

    expect(body.zone).toBe('America/Toronto');
    expect(body.days[0].closedBecause).toMatchObject([
      { layer: 'freeze', rule: 'own freeze until 2027-01-08: stocktaking' },
    ]);
    expect(body.days[0].slots).toHaveLength(1);
  });

  it('answers questions about a client by its freezes as well', async () => {
    const question = { ask: 'state', client: key, at: '2027-01-06T12:00:00Z' };
    const { body } = await api.post('/v1/calendars/ask', { questions: [question] });

    expect(body.answers[0]).toMatchObject({ closed: true, reasons: [{ layer: 'freeze' }] });
  });

  it('shows a stored calendar with the dates of those who keep to it', async () => {
    const { body } = await api.post(
      '/v1/calendars/explain',
      { calendar: 'tuesdays', worstCase: 'PT2H', ...days },
      { as: 'support' },
    );

    expect(body).toMatchObject({ worstCase: 'PT2H', opens: 0 });
    expect(body.days[0].slots).toEqual([]);
  });

  it.each([
    ['two subjects', { calendar: 'tuesdays', client: 'any', ...days }, 400],
    ['none', days, 400],
    [
      'days in the wrong order',
      { calendar: 'tuesdays', from: '2027-01-06', to: '2027-01-05' },
      400,
    ],
    ['too many days', { calendar: 'tuesdays', from: '2026-01-01', to: '2027-06-01' }, 400],
    [
      'a day that does not exist',
      { calendar: 'tuesdays', from: '2027-02-30', to: '2027-03-01' },
      400,
    ],
    ['no duration', { calendar: 'tuesdays', worstCase: 'soon', ...days }, 400],
    ['a zone that is missing', { document: { zone: 'client', allow: 'always' }, ...days }, 400],
    ['a document with problems', { document: { zone: 'Mars' }, ...days }, 422],
    ['a calendar that does not exist', { calendar: 'ghost', ...days }, 404],
    ['a client that does not exist', { client: 'ghost', ...days }, 404],
  ])('refuses %s', async (_, body, status) => {
    expect((await api.post('/v1/calendars/explain', body)).status).toBe(status);
  });
});
