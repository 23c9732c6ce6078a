import { parseProbe, validateProbe } from '../../../activities/deployment/site-probe.ts';
import { surveySites } from '../../../activities/deployment/survey-sites.ts';
import { testDeployer } from '../../../activities/deployment/deployer-registry.ts';
import { attentionIn, openStage, type Stage } from './stage.ts';

describe('a survey', () => {
  let stage: Stage;
  afterEach(async () => {
    await stage.close();
  });

  it('adopts a version nobody knew as a baseline, once', async () => {
    stage = await openStage({ clientCount: 2, clientState: 'planned' });
    await stage.sites.catalogue.add({ version: '1.8.0', leaflet: '1.9.3' });
    const old = stage.sites.catalogue.list().find((each) => each.version === '1.8.0');
    if (!old) throw new Error('no build');
    for (const each of stage.sites.list()) await stage.sites.deploy(each, old);
    await stage.storage.pool.rows(`update site set build_id = null`);

    const surveyed = await surveySites(stage.deps, { by: 'test' });
    const builds = await stage.storage.pool.rows(
      `select b.baseline, b.digest from build b where b.version = '1.8.0'`,
    );

    expect(surveyed).toHaveLength(4);
    expect(surveyed.filter((each) => each.adopted)).toHaveLength(1);
    expect(surveyed.some((each) => each.drift)).toBe(false);
    expect(builds).toEqual([{ baseline: true, digest: old.digest }]);
  });

  it('reports a site that runs something else than the ledger says', async () => {
    stage = await openStage({ clientState: 'planned' });
    const build = stage.sites.catalogue.list().find((each) => each.version === '1.9.4');
    if (!build) throw new Error('no build');
    await stage.sites.deploy({ client: 'client-001', site: 'production' }, build);

    const [, production] = await surveySites(stage.deps, { by: 'test' });

    expect(production).toMatchObject({
      site: 'production',
      drift: true,
      detail: 'runs 1.9.4; the ledger says 1.9.3',
    });
    expect(await attentionIn(stage)).toEqual(['drift']);
  });

  it('says why a site cannot be read and keeps what was known', async () => {
    stage = await openStage({ clientState: 'planned' });
    await stage.sites.setMode({ client: 'client-001', site: 'preview' }, { kind: 'down' });

    const [preview] = await surveySites(stage.deps, { clientKeys: ['client-001'], by: 'test' });
    const [row] = await stage.storage.pool.rows<{ version: string }>(
      `select b.version from site s join build b on b.id = s.build_id where s.kind = 'preview'`,
    );

    expect(preview).toMatchObject({ verdict: 'unreachable', version: null, drift: false });
    expect(row?.version).toBe('1.9.3');
  });

  it('makes a signed test call that changes nothing', async () => {
    stage = await openStage();
    const { deployers } = stage.deps;

    const result = await testDeployer({ db: stage.storage.pool, deployers }, 'fleet');

    expect(result).toEqual({ kind: 'passed', detail: 'answered 200' });
    expect(stage.deployer.control.effects()).toEqual([]);
  });
});

describe('a probe', () => {
  it('is a path on the site, read as our own version page', () => {
    expect(parseProbe({ url: 'https://a.example:8443/app', probe: '/version.json' })).toEqual({
      url: 'https://a.example:8443/version.json',
      version: { kind: 'json-pointer', pointer: '/version' },
      digest: { kind: 'json-pointer', pointer: '/digest' },
      ports: [8443],
    });
  });

  it('is a description of where the version stands', () => {
    const probe = '{"path":"/about","version":{"kind":"header","name":"x-version"}}';

    expect(parseProbe({ url: 'https://a.example', probe })).toEqual({
      url: 'https://a.example/about',
      version: { kind: 'header', name: 'x-version' },
      ports: [],
    });
  });

  it.each(['version.json', '//other.example/v', '{"path":"/v"}', '{', ''])(
    'is refused as %j',
    (text) => {
      expect(validateProbe(text)).toEqual(expect.any(String));
    },
  );
});
