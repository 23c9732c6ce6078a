import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../../support/api.ts';

const delivery = (messageId: string): string =>
  JSON.stringify({
    RecordType: 'Delivery',
    MessageID: messageId,
    Recipient: 'ana@a.example',
    DeliveredAt: '2026-11-25T16:33:54.9070259Z',
    Metadata: { did: '019ac000-0000-7000-8000-000000000000' },
  });

describe('a report of the mail server', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.close();
  });

  const basic = (password: string, user = 'postmark'): string =>
    `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const report = (raw: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
    api.post('/hooks/postmark', undefined, {
      as: null,
      raw,
      headers: { authorization: basic(api.webhookSecret), ...headers },
    });
  const kept = async (): Promise<number> => {
    const rows = await api.pool.rows<{ count: number }>(
      `select count(*) as count from webhook_inbox`,
    );
    return rows[0]?.count ?? 0;
  };

  it('is kept as it came before it is answered, and wakes the mail loop', async () => {
    const body = delivery('kept');

    const reply = await report(body);

    const [row] = await api.pool.rows<{ body: Buffer; headers: object }>(
      `select w.body, w.headers from webhook_inbox w`,
    );
    expect([reply.status, reply.text]).toEqual([200, '']);
    expect(row?.body.toString()).toBe(body);
    expect(JSON.stringify(row?.headers)).not.toContain('Basic');
    expect(api.wakes).toContain('mail/outbound');
  });

  it('is success again when it comes twice, and kept once', async () => {
    const before = await kept();

    const first = await report(delivery('twice'));
    const second = await report(delivery('twice'));

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await kept()).toBe(before + 1);
  });

  it.each(['no json at all', '{"RecordType":"SomethingNew","MessageID":"x"}', ''])(
    'is kept for a person to look at when nobody understands %j',
    async (body) => {
      const before = await kept();

      const reply = await report(body);

      expect(reply.status).toBe(200);
      expect(await kept()).toBe(before + 1);
    },
  );

  it('is taken whatever kind of content it claims to be', async () => {
    const reply = await report(delivery('text'), { 'content-type': 'text/plain' });

    expect(reply.status).toBe(200);
  });

  it.each([
    ['no credentials', { authorization: '' }],
    ['a wrong password', { authorization: basic('not the password') }],
    ['a wrong user', { authorization: basic('webhook-secret-of-the-test', 'somebody') }],
    ['a wrong secret header', { 'x-daymark-webhook-secret': 'wrong' }],
  ])('is 401 and never 403 with %s, and nothing is kept', async (_, headers) => {
    const before = await kept();

    const reply = await report(delivery('forged'), headers);

    expect(reply.status).toBe(401);
    expect(await kept()).toBe(before);
  });

  it('takes a body of a megabyte and refuses one of three', async () => {
    const large = await report(
      JSON.stringify({ RecordType: 'Bounce', Content: 'x'.repeat(1_000_000) }),
    );
    const huge = await report('x'.repeat(3_000_000));

    expect([large.status, huge.status]).toEqual([200, 413]);
  });

  it('is 503 while it cannot be kept, so that it comes again', async () => {
    const other = await startApi();
    await other.pool.rows('alter table webhook_inbox rename to elsewhere');

    const reply = await other.post('/hooks/postmark', undefined, {
      as: null,
      raw: delivery('later'),
      headers: { authorization: basic(other.webhookSecret) },
    });

    expect(reply.status).toBe(503);
    await other.close();
  });
});
