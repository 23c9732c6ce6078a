import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../../database/in-transaction.ts';
import { plusMs } from '../../../domain/instant.ts';
import { pluck, startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer, rightNow } from '../../support/fixtures.ts';
import { insertRollout } from '../../support/rollout-fixture.ts';

const dayMs = 86_400_000;

describe('the story of mails to several people of one client', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
  });

  afterAll(async () => {
    await api.close();
  });

  it('names each reader, and no address', async () => {
    const slotStart = plusMs(rightNow(), 10 * dayMs);
    const { clients, rolloutId } = await insertRollout(api.pool, {
      clients: [
        {
          key: 'harbour',
          name: 'Harbour',
          contacts: [
            { email: 'ana@harbour.example', name: 'Ana Silva' },
            { email: 'luc@harbour.example', name: 'Luc Roy', locale: 'fr' },
          ],
        },
      ],
      clientState: 'agreed',
      slotStart,
      slotLatestEnd: plusMs(slotStart, 3_600_000),
      noticeAt: rightNow(),
      noticeDeadline: plusMs(slotStart, -dayMs),
    });
    await inTransaction(api.backend.database, (tx) => api.backend.desk.announce(tx, clients[0]!));
    await api.pool.rows(
      `update event as e
       set position = numbered.place
       from (select n.id, row_number() over (order by n.at, n.id) as place from event n) numbered
       where numbered.id = e.id`,
    );

    const story = await api.get(`/v1/rollouts/${rolloutId}/story?client=harbour`);

    expect([...pluck(story.body.items, 'text')].sort()).toEqual([
      'A mail (notice) for Ana Silva at Harbour is written',
      'A mail (notice) for Luc Roy at Harbour is written',
    ]);
    expect(story.text).not.toContain('@harbour.example');
  });
});
