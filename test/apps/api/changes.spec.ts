import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pluck, startApi, type TestApi } from '../../support/api.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

describe('changes and their builds', () => {
  let api: TestApi;
  let minor = 0;

  beforeAll(async () => {
    api = await startApi();
  });

  afterAll(async () => {
    await api.close();
  });

  async function newChange(): Promise<string> {
    minor += 1;
    const version = `8.${minor}.0`;
    await api.post('/v1/changes', { kind: 'release', version, title: 'Maps' });
    return version;
  }

  const announce = (version: string, more: object = {}, key: string = randomUUID()) =>
    api.post(
      `/v1/changes/${version}/builds`,
      { version, digest: digest('a'), notesMarkdown: 'Faster maps.', ...more },
      { as: 'ci', headers: { 'idempotency-key': key } },
    );

  it('is there with version and dates before it has a build', async () => {
    const created = await api.post('/v1/changes', {
      kind: 'hotfix',
      version: '8.0.1',
      title: 'Fix',
      latestDate: '2026-12-24',
    });

    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ builds: [], latestDate: '2026-12-24', policy: 'hotfix' });
    const again = await api.post('/v1/changes', { kind: 'hotfix', version: '8.0.1', title: 'Fix' });
    expect([again.status, again.body.code]).toEqual([422, 'VERSION_TAKEN']);
  });

  it('takes the same build twice as one', async () => {
    const version = await newChange();

    const first = await announce(version);
    const second = await announce(version);
    const change = await api.get(`/v1/changes/${version}`);

    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body.id).toBe(first.body.id);
    expect(change.body.builds).toHaveLength(1);
  });

  it('refuses the same version with another digest', async () => {
    const version = await newChange();
    await announce(version);

    const reply = await announce(version, { digest: digest('b') });

    expect(reply.status).toBe(409);
    expect(reply.body).toMatchObject({
      code: 'BUILD_DIGEST_DIFFERS',
      announcedDigest: digest('a'),
    });
  });

  it('lets a newer build take the place of the older one', async () => {
    const version = await newChange();
    await announce(version);

    await announce(version, { version: `${version}+2`, digest: digest('c'), basedOn: version });

    const { builds } = (await api.get(`/v1/changes/${version}`)).body;
    expect(pluck(builds, 'version')).toEqual([`${version}+2`, version]);
    expect(pluck(builds, 'supersededBy')).toEqual([null, `${version}+2`]);
    expect(pluck(builds, 'basedOn')).toEqual([version, null]);
  });

  it('takes the notes of the version out of a whole changelog', async () => {
    const version = await newChange();
    const changelog = `# Changelog\n\n## ${version} (2026-11-20)\n\n- Faster maps\n\n## 7.0.0\n\n- Older`;

    const reply = await announce(version, { notesMarkdown: undefined, changelog });

    expect(reply.body.notesMarkdown).toBe('- Faster maps');
  });

  it('refuses a changelog without the version, and a base nobody knows', async () => {
    const version = await newChange();

    const noNotes = await announce(version, {
      notesMarkdown: undefined,
      changelog: '# 1.0.0\n\nOld',
    });
    const noBase = await announce(version, { basedOn: '0.0.1' });

    expect([noNotes.body.code, noBase.body.code]).toEqual(['NOTES_NOT_FOUND', 'BASE_NOT_FOUND']);
  });

  it('asks programs for an Idempotency-Key', async () => {
    const version = await newChange();

    const reply = await api.post(
      `/v1/changes/${version}/builds`,
      { version, digest: digest('a'), notesMarkdown: '' },
      { as: 'ci' },
    );

    expect([reply.status, reply.body.code]).toEqual([400, 'IDEMPOTENCY_KEY_MISSING']);
  });

  it('answers a repeated request like the first one, refusals too', async () => {
    const version = await newChange();
    const [good, bad] = [randomUUID(), randomUUID()];

    const first = await announce(version, {}, good);
    const again = await announce(version, {}, good);
    const refused = await announce(version, { digest: digest('d') }, bad);
    const refusedAgain = await announce(version, { digest: digest('d') }, bad);

    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect([refusedAgain.status, refusedAgain.body]).toEqual([refused.status, refused.body]);
  });

  it('refuses a key that comes with another request', async () => {
    const version = await newChange();
    const key = randomUUID();
    await announce(version, {}, key);

    const reply = await announce(version, { notesMarkdown: 'Other notes.' }, key);

    expect([reply.status, reply.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('does one of many equal requests at once', async () => {
    const version = await newChange();
    const key = randomUUID();

    const replies = await Promise.all(Array.from({ length: 8 }, () => announce(version, {}, key)));

    const statuses = new Set(replies.map(({ status }) => status));
    const [row] = await api.pool.rows<{ count: number }>(
      `select count(*) as count from event e where e.kind = 'build.announced' and e.facts ->> 'version' = $1`,
      [version],
    );
    expect(row?.count).toBe(1);
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
  });

  it('keeps an assessment with the clients that reported it, and proposes a policy by it', async () => {
    const version = await newChange();
    const assessment = { impact: 'visible', reversible: true, downtimeMinutes: 10 };

    const unknown = await api.post(`/v1/changes/${version}/assessments`, {
      ...assessment,
      reportedBy: ['ghost'],
    });
    const kept = await api.post(`/v1/changes/${version}/assessments`, assessment);

    expect([unknown.status, unknown.body.code]).toEqual([422, 'CLIENT_NOT_FOUND']);
    expect(kept.body).toMatchObject({
      policy: 'visible-release',
      assessment: { impact: 'visible', downtimeMinutes: 10, assessedBy: 'token:pm' },
    });
  });

  it('notes who said that QA passed, once', async () => {
    const version = await newChange();
    await announce(version);

    const passed = await api.post(`/v1/builds/${version}/qa`, { passed: true }, { as: 'ci' });
    const again = await api.post(`/v1/builds/${version}/qa`, { passed: true }, { as: 'pm' });

    expect(passed.body.qaPassedBy).toBe('token:ci');
    expect(again.body).toEqual(passed.body);
  });

  it('keeps notes in French beside those in English, announced with them or given later', async () => {
    const [early, late] = [await newChange(), await newChange()];
    await announce(early, { translations: { fr: 'Cartes plus rapides.' } });
    const announced = await announce(late, { translations: { fr: ' ' } });
    const path = `/v1/builds/${late}/notes/fr`;
    const given = await api.put(path, { markdown: 'Plus rapide.' }, { as: 'ci' });
    const again = await api.put(path, { markdown: 'Bien plus rapide.' }, { as: 'ci' });
    const shown = await api.get(`/v1/changes/${early}`);

    expect(shown.body.builds[0]).toMatchObject({
      notesMarkdown: 'Faster maps.',
      translations: { fr: 'Cartes plus rapides.' },
    });
    expect(announced.body.translations).toEqual({});
    expect([given.status, given.body.translations]).toEqual([200, { fr: 'Plus rapide.' }]);
    expect(again.body).toMatchObject({
      notesMarkdown: 'Faster maps.',
      translations: { fr: 'Bien plus rapide.' },
    });
  });

  it('takes notes in no language that nobody reads, for no build that is not there', async () => {
    const version = await newChange();
    await announce(version);
    const put = async (path: string, body: unknown, as: 'ci' | 'support' | null = 'ci') =>
      (await api.put(`/v1/builds/${path}`, body, { as })).status;
    const notes = { markdown: 'Plus rapide.' };

    expect(await put(`${version}/notes/de`, notes)).toBe(400);
    expect(await put(`${version}/notes/en`, notes)).toBe(400);
    expect(await put(`${version}/notes/fr`, { markdown: ' ' })).toBe(400);
    expect(await put('99.0.0/notes/fr', notes)).toBe(404);
    expect(await put(`${version}/notes/fr`, notes, 'support')).toBe(403);
    expect(await put(`${version}/notes/fr`, notes, null)).toBe(401);
  });
});
