import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../../database/in-transaction.ts';
import { raiseAttention } from '../../../database/stores/attention.store.ts';
import { plusMs } from '../../../domain/instant.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer, rightNow } from '../../support/fixtures.ts';
import { insertRollout } from '../../support/rollout-fixture.ts';

const dayMs = 86_400_000;
const reason = { reason: 'asked the recipient' };

describe('what only a person can decide', () => {
  let api: TestApi;
  let number = 0;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
  });

  afterAll(async () => {
    await api.close();
  });

  /** A notice of which nobody could find out whether it left. */
  async function mailInDoubt(): Promise<string> {
    number += 1;
    const slotStart = plusMs(rightNow(), 10 * dayMs);
    const { clients } = await insertRollout(api.pool, {
      change: { version: `6.${number}.0` },
      policy: { name: `policy-${number}` },
      baseline: { version: `5.${number}.0` },
      clientState: 'agreed',
      slotStart,
      slotLatestEnd: plusMs(slotStart, 3_600_000),
      noticeAt: rightNow(),
      noticeDeadline: plusMs(slotStart, -dayMs),
    });
    return await inTransaction(api.backend.database, async (tx) => {
      await api.backend.desk.announce(tx, clients[0]!);
      const [mail] = await tx.rows<{ id: string }>(
        `update mail_delivery
         set status = 'needs_human', attempt = 1
         where client_rollout_id = $1
         returning id`,
        [clients[0]!.clientRolloutId],
      );
      await raiseAttention(tx, {
        dedupeKey: `mail:${mail!.id}`,
        kind: 'mail-unknown',
        text: 'It may have left.',
        actions: ['resend', 'mark-sent', 'drop'],
      });
      return mail!.id;
    });
  }

  const openQuestions = async (): Promise<number> =>
    (await api.get('/v1/attention')).body.items.length as number;

  it('sends a mail once more as a new one and settles the question', async () => {
    const id = await mailInDoubt();
    api.wakes.length = 0;

    const sent = await api.post(`/v1/messages/${id}/resend`, reason);
    const before = await api.get(`/v1/messages/${id}`);

    expect(sent.status).toBe(200);
    expect(sent.body.id).not.toBe(id);
    expect(sent.body).toMatchObject({ kind: 'notice', attempt: 0 });
    expect(before.body.status).toBe('resent');
    expect(await openQuestions()).toBe(0);
    expect(api.wakes).toContain('mail/outbound');
  });

  it.each([
    ['mark-sent', 'accepted'],
    ['drop', 'dropped'],
  ])('records %s, once', async (verb, status) => {
    const id = await mailInDoubt();

    const decided = await api.post(`/v1/messages/${id}/${verb}`, reason);
    const again = await api.post(`/v1/messages/${id}/${verb}`, reason);

    expect(decided.body).toMatchObject({ id, status });
    expect([again.status, again.body.code]).toEqual([409, 'MESSAGE_STATE']);
    expect(await openQuestions()).toBe(0);
  });

  it('asks for a reason, and for somebody who may decide', async () => {
    const id = await mailInDoubt();

    const silent = await api.post(`/v1/messages/${id}/drop`, {});
    const support = await api.post(`/v1/messages/${id}/drop`, reason, { as: 'support' });
    const nobody = await api.post(`/v1/messages/${id}/drop`, reason, { as: null });

    expect([silent.status, support.status, nobody.status]).toEqual([400, 403, 401]);
    expect((await api.get(`/v1/messages/${id}`)).body.status).toBe('needs_human');
    await api.post(`/v1/messages/${id}/drop`, reason);
  });

  it('settles an item by a person’s word, once, and keeps what was said', async () => {
    await inTransaction(api.backend.database, (tx) =>
      raiseAttention(tx, { dedupeKey: 'drift:1', kind: 'drift', text: 'Look.', actions: [] }),
    );
    const open = (await api.get('/v1/attention')).body.items as readonly { readonly id: string }[];
    const item = open[0]!;
    const word = { resolution: 'the client put it back' };

    const settled = await api.post(`/v1/attention/${item.id}/resolve`, word);
    const again = await api.post(`/v1/attention/${item.id}/resolve`, word);
    const all = await api.get('/v1/attention?state=all');

    expect(settled.body).toMatchObject({ resolution: 'the client put it back' });
    expect([again.status, again.body.code]).toEqual([409, 'ALREADY_RESOLVED']);
    expect(await openQuestions()).toBe(0);
    expect(all.body.items).toContainEqual(expect.objectContaining({ id: item.id }));
  });
});
