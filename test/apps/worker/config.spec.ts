import { readWorkerConfig } from '../../../apps/worker/config.ts';

const complete = {
  DATABASE_URL: 'postgres://daymark:secret@127.0.0.1:4432/daymark',
  TEMPORAL_ADDRESS: '127.0.0.1:4233',
  POSTMARK_SERVER_TOKEN: 'token',
  POSTMARK_API_URL: 'http://127.0.0.1:4025',
  DAYMARK_BASE_URL: 'http://127.0.0.1:4000/',
  DAYMARK_SECRET: 's'.repeat(32),
  DAYMARK_MAIL_FROM: 'Daymark <daymark@vendor.example>',
};

it('takes the usual periods when none are set', () => {
  const config = readWorkerConfig(complete);

  expect(config.splitOff).toEqual([]);
  expect(config.mail).toMatchObject({
    stream: 'outbound',
    pacePerSecond: 5,
    concurrency: 4,
    lookUpsMs: [15_000, 60_000, 300_000, 900_000],
    leaseMs: 90_000,
    onUnknown: 'needs-human',
  });
  expect(config.deployer).toEqual({ pollMinMs: 5_000, pollMaxMs: 60_000, deadlineMs: 20_000 });
  expect(config.sweep).toEqual({
    everyMs: 60_000,
    unseenAfterMs: 60_000,
    overdueAfterMs: 120_000,
  });
});

it('keeps sites and deployers away from our own services', () => {
  const { outgoing } = readWorkerConfig({
    ...complete,
    DAYMARK_ALLOW_PRIVATE: '127.0.0.1/32:4026,127.0.0.1/32:4100-4123',
  });

  expect(outgoing.allowList).toHaveLength(2);
  for (const port of [4432, 4233, 4025, 4000]) {
    expect(outgoing.ownServices).toContainEqual({ address: '127.0.0.1', port });
  }
});

it.each([
  ['main', []],
  ['main,mail', ['mail']],
  ['main, deployments, mail', ['deployments', 'mail']],
])('splits off the queues of %s', (text, splitOff) => {
  const { splitOff: read } = readWorkerConfig({ ...complete, DAYMARK_WORKER_QUEUES: text });

  expect(read).toEqual(splitOff);
});

it.each([
  ['TEMPORAL_ADDRESS', 'nowhere', 'write host:port'],
  ['DAYMARK_WORKER_QUEUES', 'lettuce', 'write main, or main,deployments,mail'],
  ['DAYMARK_ALLOW_PRIVATE', 'lettuce', '"lettuce" is no allow-list entry'],
  ['DAYMARK_MAIL_PACE', '-1', 'write 0 or more'],
  ['DAYMARK_MAIL_CONCURRENCY', '0', 'write 1 or more'],
  ['DAYMARK_MAIL_ON_UNKNOWN', 'lettuce', 'write needs-human or resend'],
  ['DAYMARK_SWEEP_EVERY', 'hourly', 'write a duration'],
  ['DAYMARK_BASE_URL', 'http://daymark.example', 'write an https address'],
  ['NODE_USE_ENV_PROXY', '1', 'calls would leave through a proxy unchecked'],
  ['DAYMARK_COMMANDS', '[', 'The deploy programs cannot be read'],
])('refuses a wrong %s by its name', (name, value, told) => {
  const read = () => readWorkerConfig({ ...complete, [name]: value });

  expect(read).toThrow(told);
});
