import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { pluck, type Reply, startApi, type TestApi } from '../../support/api.ts';

const evenings = {
  calendar: 'support-days',
  zone: 'America/Toronto',
  allow: [
    {
      name: 'No',
      kinds: ['release'],
      on: { weekdays: ['tue', 'wed', 'thu'] },
      from: '20:00',
      to: '23:00',
      valid: { since: '2026-01-01', until: '2026-12-31' },
    },
    { name: '- dash: and # hash', on: { dates: ['2026-12-27'] } },
  ],
  deny: [
    { name: '<<', between: ['2026-12-15T00:00', '2027-01-05T00:00'], kinds: ['release'] },
    { on: { holidays: 'on' } },
  ],
  holidays: { on: ['2026-12-25', '2026-12-28'], '2027': [], ça: ['2027-07-01'] },
  businessDays: { weekdays: ['mon', 'fri'], except: ['on'], hours: { from: '08:30', to: '16:00' } },
};

describe('calendars over HTTP', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.close();
  });

  async function save(name: string, body: unknown, call = {}): Promise<Reply> {
    return await api.put(`/v1/calendars/${name}`, body, call);
  }

  it('gives back what was imported, as an object and as the text of a file', async () => {
    const saved = await save('lossless', { document: evenings });
    const again = await save('lossless', { yaml: saved.body.yaml });
    const asJson = await save('lossless', { yaml: JSON.stringify(evenings) });

    expect(saved.status).toBe(200);
    for (const reply of [saved, again, asJson]) expect(reply.body.document).toEqual(evenings);
    expect(pluck(again.body.revisions, 'revision')).toEqual([2, 1]);
    expect(asJson.body.revision).toBe(3);
  });

  it('writes a file that readers of YAML 1.1 and 1.2 read alike, in the order people write it', async () => {
    const { body } = await save('file', { document: evenings });
    const text = String(body.yaml);

    expect(parse(text)).toEqual(evenings);
    expect(parse(text, { version: '1.1' })).toEqual(evenings);
    expect(text).toContain('"on":');
    expect(text).toContain('from: "20:00"');
    expect(text).toContain('since: "2026-01-01"');
    expect(text).toContain('weekdays: [tue, wed, thu]');
    expect(text.indexOf('zone:')).toBeLessThan(text.indexOf('allow:'));
    expect(text.indexOf('allow:')).toBeLessThan(text.indexOf('deny:'));
  });

  it('keeps every revision as it was saved', async () => {
    await save('history', { document: { zone: 'UTC', allow: 'always' } });
    await save('history', { document: { zone: 'UTC', allow: [] } }, { as: 'admin' });
    const first = await api.get('/v1/calendars/history?revision=1', { as: 'support' });
    const none = await api.get('/v1/calendars/history?revision=3');

    expect(first.body).toMatchObject({ revision: 1, document: { zone: 'UTC', allow: 'always' } });
    expect(first.body.revisions).toMatchObject([
      { revision: 2, savedBy: 'token:admin' },
      { revision: 1, savedBy: 'token:pm' },
    ]);
    expect([none.status, none.body.detail]).toEqual([
      404,
      expect.stringContaining('calendar "history" in revision 3'),
    ]);
  });

  it('loses nobody’s edit: whoever has not seen the newest revision is told of it', async () => {
    const open = { document: { zone: 'UTC', allow: 'always' } };
    const first = await save('shared', { ...open, seenRevision: 0 });
    const second = await save('shared', { ...open, seenRevision: 1 });
    const late = await save('shared', { ...open, seenRevision: 1 });
    const unaware = await save('shared', { ...open, seenRevision: 0 });
    const whichever = await save('shared', open);

    expect([first.body.revision, second.body.revision]).toEqual([1, 2]);
    expect([late.status, late.body.code, late.body.revision]).toEqual([409, 'CALENDAR_CHANGED', 2]);
    expect(unaware.status).toBe(409);
    expect(whichever.body.revision).toBe(3);
  });

  it('says who keeps to a calendar', async () => {
    await save('everywhere', { document: { zone: 'UTC', allow: 'always' } });
    await api.put('/v1/vendor/calendar', { calendar: 'everywhere' }, { as: 'admin' });
    const { body } = await api.get('/v1/calendars', { as: 'support' });
    const items = body.items as readonly { readonly name: string; readonly usedBy: unknown }[];
    const usesOf = (name: string) => items.find((each) => each.name === name)?.usedBy;
    await api.put('/v1/vendor/calendar', { calendar: null }, { as: 'admin' });

    expect(usesOf('everywhere')).toEqual(['the vendor']);
    expect(usesOf('history')).toEqual([]);
    const policies = items.flatMap(({ usedBy }) => usedBy as readonly string[]);
    expect(policies).toContainEqual(expect.stringMatching(/^policy /));
  });

  it('names every problem with its path, and saves nothing', async () => {
    const document = { zone: 'Mars', allow: [{ on: { weekdays: ['someday'] } }], colour: 'red' };
    const refused = await save('wrong', { document });
    const checked = await api.post('/v1/calendars/validate', { document });
    const gone = await api.get('/v1/calendars/wrong');

    expect([refused.status, refused.body.code]).toEqual([422, 'CALENDAR_INVALID']);
    expect(pluck(refused.body.errors, 'path')).toEqual(
      expect.arrayContaining(['zone', 'allow[0].on.weekdays[0]', 'colour']),
    );
    expect(checked.body.valid).toBe(false);
    expect(checked.body.problems).toEqual(refused.body.errors);
    expect(gone.status).toBe(404);
  });

  it.each([
    ['no YAML', { yaml: 'zone: [' }, 422],
    ['a text that is no document', { yaml: 'hello' }, 422],
    ['nothing', { yaml: '' }, 422],
    ['aliases', { yaml: 'a: &a [1]\nb: *a' }, 422],
    ['a character that cannot be kept', { document: { zone: 'UTC', calendar: 'a\u0000' } }, 400],
    ['half of a pair', { document: { zone: 'UTC', calendar: '\ud800' } }, 400],
    ['both spellings', { document: { zone: 'UTC' }, yaml: 'zone: UTC' }, 400],
    ['neither', {}, 400],
    ['a strange revision', { document: { zone: 'UTC' }, seenRevision: -1 }, 400],
  ])('refuses %s', async (_, body, status) => {
    const reply = await save('refused', body);

    expect(reply.status).toBe(status);
    expect(reply.body.errors).not.toHaveLength(0);
  });

  it('lets support read and only project management write', async () => {
    const body = { document: { zone: 'UTC', allow: 'always' } };
    const written = await save('rights', body, { as: 'support' });
    const weighed = await api.post('/v1/calendars/rights/effect', body, { as: 'support' });
    const stranger = await api.post('/v1/calendars/rights/effect', body, { as: null });

    expect([written.status, weighed.status, stranger.status]).toEqual([403, 200, 401]);
    expect(weighed.body).toMatchObject({ valid: true, moved: 0, summary: 'Nobody would move.' });
  });
});
