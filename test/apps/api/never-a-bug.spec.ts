import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Call, type Reply, startApi, type TestApi } from '../../support/api.ts';
import { insertDeployer } from '../../support/fixtures.ts';
import { insertRollout, type TestRollout } from '../../support/rollout-fixture.ts';

const nobody = '019acb5e-0000-7000-8000-000000000000';
const nul = 'a\u0000b';
const half = 'a\ud800b';
const told = { source: 'call', owner: 'Dana' };
const evening = { zone: 'UTC', allow: [{ on: { weekdays: ['tue'] }, from: '20:00', to: '23:00' }] };
/** Stands for an object within an object, five thousand times, which is too deep to be written by JSON.stringify. */
const deep = '$deep';

interface Route {
  readonly method: 'get' | 'post' | 'put';
  /** With the rollout, client, plan and agreement of the test filled in. */
  readonly path: string;
  /** Bodies that fit the contract at a first look and mean nothing. */
  readonly bodies?: readonly unknown[];
  /** Who may not, though signed in. */
  readonly forbids?: 'support';
}

/** Documents that are nearly calendars, with what cannot be stored, read or tried day by day. */
const odd: readonly unknown[] = [
  { zone: 'Mars', allow: 'always' },
  { zone: nul, allow: 'always' },
  { zone: 'UTC', allow: 'always', calendar: nul },
  { zone: 'UTC', allow: 'always', calendar: half },
  { zone: 'UTC', allow: [{ name: nul, on: { weekdays: ['tue'] } }] },
  { zone: 'UTC', allow: [{ on: deep }] },
  { zone: 'UTC', allow: [{ between: ['0000-01-01T00:00', '9999-12-31T24:00'] }] },
  { zone: 'UTC', allow: [{ on: { every: { days: 1e308, since: '0001-01-01' } } }] },
  { zone: 'UTC', allow: [{ on: { offset: { days: -1e15, from: { weekdays: ['tue'] } } } }] },
  { zone: 'UTC', allow: [{ on: { offset: { months: 1e15, from: { weekdays: ['tue'] } } } }] },
  { zone: 'UTC', allow: [{ from: '00:00', to: '24:00', plusDays: 1e12 }] },
  { zone: 'UTC', allow: 7, deny: 'x', holidays: [], coverage: 1, businessDays: null },
];

const documents = odd.map((document) => ({ document }));
const texts = [
  '',
  'zone: "a\\0b"',
  '['.repeat(20_000),
  '[',
  'a: &a [*a, *a]',
  '&a [*a]',
  '- 1',
  nul,
  '!!js/function x',
  '%',
  '7',
].map((yaml) => ({ yaml }));

const routes: readonly Route[] = [
  {
    method: 'put',
    path: '/v1/calendars/odd',
    bodies: [...documents, ...texts, { document: evening, seenRevision: 1e300 }],
    forbids: 'support',
  },
  { method: 'post', path: '/v1/calendars/validate', bodies: [...documents, ...texts] },
  { method: 'post', path: '/v1/calendars/odd/effect', bodies: [...documents, ...texts] },
  {
    method: 'post',
    path: '/v1/calendars/ask',
    bodies: [
      { questions: 'no' },
      {
        questions: [
          1,
          null,
          'x',
          {},
          { ask: 'state' },
          {
            ask: 'windows',
            calendar: evening,
            from: '0000-01-01T00:00:00Z',
            to: '9999-12-31T23:59:59Z',
          },
        ],
      },
      {
        questions: documents.map(({ document }) => ({
          ask: 'state',
          at: '2026-01-01T00:00:00Z',
          calendar: document,
        })),
      },
    ],
  },
  {
    method: 'post',
    path: '/v1/calendars/explain',
    bodies: [
      { client: 'ghost', from: '2026-01-01', to: '2026-01-02' },
      { document: evening, from: '0001-01-01', to: '9999-12-31' },
      { document: evening, from: '2026-02-01', to: '2026-01-01' },
      { document: evening, from: '9999-12-31', to: '9999-12-31' },
      { document: evening, from: '2026-01-01', to: '2026-01-05', worstCase: 'P99999999999D' },
      { document: evening, from: '2026-01-01', to: '2026-01-05', clientZone: 'Mars' },
      ...documents.map((each) => ({ ...each, from: '2026-01-01', to: '2026-01-05' })),
    ],
  },
  { method: 'get', path: '/v1/calendars/odd?revision=x' },
  { method: 'get', path: '/v1/calendars/odd?revision=99999999999999999999' },
  { method: 'get', path: '/v1/calendars/%00' },
  {
    method: 'post',
    path: '/v1/clients/$client/agreements',
    forbids: 'support',
    bodies: [
      { kind: 'freeze', from: '9999-12-31T24:00', to: '0001-01-01T00:00', reason: 'x', ...told },
      { kind: 'freeze', from: '2026-01-01T00:00', to: '2026-13-45T99:99', reason: 'x', ...told },
      { kind: 'freeze', from: '2026-01-01T00:00', to: '2026-01-02T00:00', reason: nul, ...told },
      { kind: 'freeze', from: '2026-01-01T00:00', to: '0000-00-00T00:00', reason: 'x', ...told },
      { kind: 'lead', lead: { hours: 1e9 }, ...told },
      { kind: 'consent', consent: 'approve', ...told, source: nul },
      { kind: 'consent', consent: 'approve', ...told, since: '2026-02-30' },
      { kind: 'moves', times: 0.5, noticeHours: 1, latestDays: 1, ...told },
      ...documents.map((each) => ({ kind: 'calendar', ...each, ...told })),
      ...texts.map((each) => ({ kind: 'calendar', ...each, ...told })),
    ],
  },
  {
    method: 'post',
    path: '/v1/clients/$client/agreements/effect',
    bodies: documents.map((each) => ({ kind: 'calendar', ...each, ...told })),
  },
  {
    method: 'post',
    path: `/v1/clients/ghost/agreements`,
    bodies: [{ kind: 'consent', consent: 'approve', ...told }],
  },
  {
    method: 'post',
    path: `/v1/agreements/${nobody}/end`,
    bodies: [{ reason: 'x' }, { reason: nul }],
    forbids: 'support',
  },
  { method: 'get', path: `/v1/agreements/${nobody}/end/effect` },
  { method: 'get', path: '/v1/agreements/7/end/effect' },
  {
    method: 'put',
    path: '/v1/clients/$client/calendar',
    bodies: [{ calendar: 'ghost' }, { calendar: nul }],
    forbids: 'support',
  },
  {
    method: 'post',
    path: '/v1/holidays/propose',
    bodies: [
      { country: 'XX', years: [2026] },
      { country: 'CA', region: 'XX', years: [2026] },
      { country: nul, years: [2026] },
      { country: 'CA', years: [] },
      { country: 'CA', years: [1e9, -1, 0, 99999] },
      { country: '__proto__', years: [2026] },
      { country: 'constructor', region: 'toString', years: [2026] },
    ],
  },
  {
    method: 'post',
    path: '/v1/plans',
    forbids: 'support',
    bodies: [
      { change: 'ghost' },
      { change: '9.9.9', clients: { all: true } },
      { change: '$version', clients: { keys: ['ghost'] } },
      { change: '$version', clients: { keys: [nul] } },
      { change: '$version', policy: 'ghost', clients: { all: true } },
      { change: '$version', like: nobody },
      { change: '$version', like: 'x' },
      {
        change: '$version',
        clients: { all: true },
        earliestDate: '9999-12-31',
        latestDate: '0001-01-01',
      },
      { change: '$version', clients: { all: true }, latestDate: '2020-01-01' },
    ],
  },
  { method: 'get', path: `/v1/plans/${nobody}` },
  {
    method: 'post',
    path: `/v1/plans/${nobody}/rehearsal`,
    bodies: [
      {},
      { runs: 1e9 },
      { seed: 1e300 },
      { seed: -1 },
      { failurePercent: 101 },
      { runs: 0.5 },
    ],
  },
  {
    method: 'put',
    path: '/v1/cadences/odd',
    forbids: 'support',
    bodies: [
      { document: {} },
      { document: { title: nul, zone: 'UTC', on: { weekdays: ['tue'] } } },
      { document: { title: 'x', zone: 'Mars', on: { weekdays: ['tue'] } } },
      { document: { title: 'x', zone: 'UTC', on: deep } },
      { document: { title: 'x', zone: 'UTC', on: { holidays: 'none' } } },
      {
        document: {
          title: 'x',
          zone: 'UTC',
          on: { weekdays: ['tue'] },
          policy: nul,
          clients: 'all',
          like: 'x',
        },
      },
    ],
  },
  { method: 'get', path: '/v1/cadences/ghost' },
  {
    method: 'post',
    path: '/v1/cadences/ghost/propose',
    bodies: [{ change: 'ghost' }, { change: nul }],
    forbids: 'support',
  },
  {
    method: 'post',
    path: '/v1/rollouts',
    forbids: 'support',
    bodies: [
      { planId: nobody, hash: '0'.repeat(64) },
      { planId: 'x', hash: 'y' },
      { planId: nobody, hash: '0'.repeat(64), name: nul },
    ],
  },
  {
    method: 'post',
    path: '/v1/rollouts/$rollout/plans',
    forbids: 'support',
    bodies: [
      { reason: 'x', clients: ['ghost'] },
      { reason: nul },
      { reason: 'x', clients: [] },
      { reason: 'x', clients: 'some' },
    ],
  },
  {
    method: 'post',
    path: `/v1/rollouts/$rollout/plans/${nobody}/apply`,
    forbids: 'support',
    bodies: [{ hash: '0'.repeat(64) }, { hash: nul }],
  },
  { method: 'get', path: '/v1/rollouts/$rollout/clients/ghost/offers' },
  { method: 'get', path: '/v1/rollouts/$rollout/clients/$client/offers?count=1e9' },
  { method: 'get', path: '/v1/rollouts/$rollout/clients/$client/offers?from=0001-02-30' },
  {
    method: 'post',
    path: '/v1/rollouts/$rollout/clients/$client/date',
    bodies: [
      { start: '2020-01-01T00:00:00Z' },
      { start: '9999-12-31T23:59:59.999Z' },
      { start: 'x' },
      { start: '0000-01-01T00:00:00Z' },
    ],
  },
  {
    method: 'post',
    path: '/v1/rollouts/$rollout/clients/ghost/date',
    bodies: [{ start: '2027-01-01T00:00:00Z' }],
  },
  {
    method: 'post',
    path: '/v1/rollouts/$rollout/clients/$client/requests',
    bodies: [
      { kind: 'freeze', from: '2020-01-01T00:00', to: '2020-01-02T00:00', reason: 'x' },
      { kind: 'freeze', from: '9999-12-31T24:00', to: '9999-12-31T25:00', reason: 'x' },
      { kind: 'preference', weekday: 'tue', fromTime: '24:00', toTime: '00:00', reason: 'x' },
      { kind: 'skip', reason: nul },
      { kind: 'skip' },
    ],
  },
  {
    method: 'post',
    path: '/v1/rollouts/$rollout/clients/ghost/requests',
    bodies: [{ kind: 'skip', reason: 'x' }],
  },
  {
    method: 'post',
    path: '/v1/rollouts/$rollout/holds',
    bodies: [
      { clients: ['ghost'], reason: 'x' },
      { tag: nul, reason: 'x' },
      { clients: ['ghost'], reason: 'x', until: '9999-12-31T23:59:59+14:00' },
    ],
  },
  {
    method: 'post',
    path: '/v1/rollouts/$rollout/skips',
    forbids: 'support',
    bodies: [{ clients: ['ghost'], reason: 'x' }],
  },
];

const shapeless: readonly unknown[] = [null, [], 'text', 7, { nope: 1 }];
/** Questions that read only; an answer without a problem is right where nothing is wrong. */
const readsOnly = /\/(validate|ask|explain|effect)$/;

/** A problem that a program can branch on and a person can act on. */
function isClear({ status, headers, body }: Reply): boolean {
  const problem = body as { readonly code?: unknown; readonly detail?: unknown } | null;
  return (
    [400, 404, 409, 413, 422].includes(status) &&
    String(headers.get('content-type')).startsWith('application/problem+json') &&
    typeof problem?.code === 'string' &&
    typeof problem.detail === 'string'
  );
}

describe('whatever is sent', () => {
  let api: TestApi;
  let rollout: TestRollout;

  beforeAll(async () => {
    api = await startApi();
    await insertDeployer(api.pool);
    rollout = await insertRollout(api.pool, { clientState: 'scheduled' });
  });

  afterAll(async () => {
    await api.close();
  });

  const filled = (text: string): string =>
    text
      .replaceAll('$client', rollout.clients[0]!.key)
      .replaceAll('$rollout', rollout.rolloutId)
      .replaceAll('$version', '8.3.0')
      .replaceAll('"$deep"', '{"not":'.repeat(5_000) + '1' + '}'.repeat(5_000));

  async function send({ method, path }: Route, body: unknown, call: Call = {}): Promise<Reply> {
    if (method === 'get') return await api.get(filled(path), call);
    const raw = body === undefined ? {} : { raw: filled(JSON.stringify(body)) };
    return await api[method](filled(path), undefined, { ...call, ...raw });
  }

  const everything = async (): Promise<unknown> =>
    await Promise.all(
      [
        'calendar',
        'agreement',
        'agreement_end',
        'plan',
        'cadence',
        'rollout',
        'client_rollout',
        'client_request',
        'chosen_date',
        'policy',
      ].map(async (table) => await api.pool.rows(`select t.* from ${table} t order by 1`)),
    );

  it.each(routes)('$method $path answers with a problem and changes nothing', async (route) => {
    const before = await everything();
    const bodies = route.method === 'get' ? [undefined] : [...shapeless, ...(route.bodies ?? [])];
    const wrong: unknown[] = [];
    for (const body of bodies) {
      const reply = await send(route, body);
      const isAnswer = reply.status === 200 && readsOnly.test(route.path);
      if (isAnswer || isClear(reply)) continue;
      const sent = (JSON.stringify(body) as string | undefined)?.slice(0, 200);
      wrong.push([sent, reply.status, reply.text.slice(0, 300)]);
    }

    expect(wrong).toEqual([]);
    expect(await everything()).toEqual(before);
  });

  it.each(routes)('$method $path knows nobody who did not sign in', async (route) => {
    const [body = {}] = route.bodies ?? [];
    const stranger = await send(route, body, { as: null });
    const support = route.forbids ? await send(route, body, { as: route.forbids }) : null;

    expect([stranger.status, stranger.body.code]).toEqual([401, expect.any(String)]);
    if (support === null) return;
    expect([support.status, support.body.code]).toEqual([403, expect.any(String)]);
  });
});
