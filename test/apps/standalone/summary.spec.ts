import {
  isComplete,
  summarise,
  type RolloutRecords,
} from '../../../apps/standalone/once/summary.ts';

const build = { version: '1.9.4', digest: 'sha256:new' };

function records(changes: Partial<RolloutRecords> = {}): RolloutRecords {
  return {
    rolloutId: 'rollout-1',
    build,
    clients: [
      { key: 'harbour', state: 'done' },
      { key: 'citadel', state: 'done' },
    ],
    sites: new Map([
      ['harbour', build],
      ['citadel', build],
    ]),
    mails: [
      { tag: 'notice', key: 'notice harbour' },
      { tag: 'notice', key: 'notice citadel' },
      { tag: 'completed', key: 'completed harbour' },
    ],
    effects: [
      { client: 'harbour', site: 'preview', digest: 'sha256:new' },
      { client: 'harbour', site: 'production', digest: 'sha256:new' },
      { client: 'citadel', site: 'production', digest: 'sha256:new' },
    ],
    seconds: 61.5,
    ...changes,
  };
}

it('counts clients by state, messages by kind and deployments by kind of site', () => {
  expect(summarise(records())).toEqual({
    rolloutId: 'rollout-1',
    clients: { done: 2 },
    messages: { completed: 1, notice: 2 },
    deployments: { preview: 1, production: 2 },
    duplicates: { messages: 0, deployments: 0 },
    seconds: 61.5,
  });
});

it.each([
  ['another version', { version: '1.9.3', digest: 'sha256:new' }],
  ['another digest', { version: '1.9.4', digest: 'sha256:other' }],
  ['nothing readable', null],
])('does not count a client as done whose site shows %s', (_, reading) => {
  const sites = new Map([
    ['harbour', build],
    ['citadel', reading],
  ]);

  const summary = summarise(records({ sites }));

  expect(summary.clients).toEqual({ done: 1, 'done, not confirmed': 1 });
  expect(isComplete(summary, 2)).toBe(false);
});

it('counts every mail beyond the first of one key', () => {
  const mails = ['a', 'a', 'a', 'b'].map((key) => ({ tag: 'notice', key }));

  expect(summarise(records({ mails })).duplicates.messages).toBe(2);
});

it('counts a second effect of one build on one site, not the same build on the other site', () => {
  const effect = { client: 'harbour', site: 'production', digest: 'sha256:new' };
  const effects = [effect, { ...effect, site: 'preview' }, effect];

  expect(summarise(records({ effects })).duplicates.deployments).toBe(1);
});

it('is complete only when every expected client is done', () => {
  expect(isComplete(summarise(records()), 2)).toBe(true);
  expect(isComplete(summarise(records()), 3)).toBe(false);
});

it('is not complete while a client is in any other state', () => {
  const clients = [
    { key: 'harbour', state: 'done' },
    { key: 'citadel', state: 'done' },
    { key: 'lakeshore', state: 'missed' },
  ];

  expect(isComplete(summarise(records({ clients })), 2)).toBe(false);
});
