import { runCli, type ScriptedServer, serve } from './run-cli.ts';

let server: ScriptedServer | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

async function rollouts(
  words: readonly string[],
  answer: { readonly status?: number; readonly body: unknown },
) {
  server = await serve(() => answer);
  const { environment, received } = server;
  return { run: await runCli(['rollouts', ...words], { environment }), received };
}

const offers = [
  {
    start: '2026-12-03T19:00:00.000Z',
    latestEnd: '2026-12-03T22:00:00.000Z',
    localStart: '2026-12-03T20:00:00',
    free: 2,
  },
];

const applied = {
  id: 'r-1',
  state: 'applied',
  answer: {
    text: 'The client keeps 3 December 20:00; nobody else would move.',
    slotStart: '2026-12-03T19:00:00.000Z',
    moves: [],
    whyWaiting: null,
  },
};
const waiting = {
  ...applied,
  state: 'waiting',
  answer: { ...applied.answer, whyWaiting: 'Other clients would have to move.' },
};

const reason = ['--reason', 'stocktaking'];

describe('rollouts move', () => {
  it('shows the dates that can be had, and moves nothing', async () => {
    const { run, received } = await rollouts(['move', 'r', 'ash', '--offers'], {
      body: { items: offers },
    });

    expect(run).toMatchObject({ exitCode: 0, errors: '' });
    expect(run.output).toMatch(/START +AT THE CLIENT +FREE/);
    expect(run.output).toMatch(/2026-12-03T19:00:00.000Z +2026-12-03T20:00:00 +2/);
    expect(received).toMatchObject([{ method: 'GET', path: '/v1/rollouts/r/clients/ash/offers' }]);
  });

  it('says so when there is no other date', async () => {
    const { run } = await rollouts(['move', 'r', 'ash', '--offers'], { body: { items: [] } });

    expect(run.output).toBe('No other date can be had.\n');
  });

  it('gives the date that was chosen, as a person of the vendor', async () => {
    const { start: slotStart, latestEnd: slotLatestEnd, localStart } = offers[0]!;
    const { run, received } = await rollouts(['move', 'r', 'ash', '--to', slotStart], {
      body: { slotStart, slotLatestEnd, localStart },
    });

    expect(run).toMatchObject({ exitCode: 0, errors: '' });
    expect(run.output).toContain('ash has its new date: ');
    expect(received).toMatchObject([
      {
        method: 'POST',
        path: '/v1/rollouts/r/clients/ash/date',
        body: { start: slotStart, by: 'person' },
      },
    ]);
  });

  it('tells why a date cannot be had', async () => {
    const detail = '3 December 20:00 is taken: 1 at once.';
    const { run } = await rollouts(['move', 'r', 'ash', '--to', offers[0]!.start], {
      status: 409,
      body: { code: 'DATE_TAKEN', detail, offers },
    });

    expect(run.exitCode).toBe(3);
    expect(run.errors).toContain(detail);
  });

  it.each([[[]], [['--offers', '--to', offers[0]!.start]]])(
    'asks for one of both instead of %j before it calls anybody',
    async (words) => {
      const { run, received } = await rollouts(['move', 'r', 'ash', ...words], { body: {} });

      expect(run.exitCode).toBe(2);
      expect(run.errors).toContain('Say either --to with a start, or --offers.');
      expect(received).toEqual([]);
    },
  );
});

describe('rollouts request', () => {
  it.each([
    [
      ['--freeze', '2026-12-20..2027-01-06T08:00'],
      { kind: 'freeze', from: '2026-12-20T00:00', to: '2027-01-06T08:00' },
    ],
    [
      ['--weekday', 'tue', '--from', '20:00', '--to', '23:00'],
      { kind: 'preference', weekday: 'tue', fromTime: '20:00', toTime: '23:00' },
    ],
    [
      ['--weekday', 'Sun'],
      { kind: 'preference', weekday: 'sun', fromTime: '00:00', toTime: '24:00' },
    ],
    [['--skip'], { kind: 'skip' }],
  ])('sends %j as it is meant', async (words, terms) => {
    const { run, received } = await rollouts(['request', 'r', 'ash', ...words, ...reason], {
      status: 201,
      body: applied,
    });

    expect(run).toMatchObject({ exitCode: 0, errors: '' });
    expect(run.output).toBe(`It was granted at once.\nThe planner said: ${applied.answer.text}\n`);
    expect(received).toMatchObject([
      { method: 'POST', path: '/v1/rollouts/r/clients/ash/requests' },
    ]);
    expect(received[0]?.body).toEqual({ ...terms, reason: 'stocktaking' });
  });

  it('says why a person decides, and prints nothing but JSON when asked', async () => {
    const words = ['request', 'r', 'ash', '--skip', ...reason];
    const inWords = await rollouts(words, { status: 201, body: waiting });
    await server?.close();
    const asJson = await rollouts([...words, '--json'], { status: 201, body: waiting });

    expect(inWords.run.output).toContain('A person decides: Other clients would have to move.');
    expect(JSON.parse(asJson.run.output)).toEqual(waiting);
  });

  it.each([
    [[...reason], 'Say one of --freeze, --weekday and --skip.'],
    [['--skip', '--weekday', 'tue', ...reason], 'Say one of --freeze, --weekday and --skip.'],
    [['--weekday', 'someday', ...reason], 'Write mon, tue'],
    [['--freeze', '2026-12-20', ...reason], 'Write two dates'],
    [['--skip'], '--reason'],
  ])('refuses %j before it calls anybody', async (words, says) => {
    const { run, received } = await rollouts(['request', 'r', 'ash', ...words], { body: {} });

    expect(run.exitCode).toBe(2);
    expect(run.errors).toContain(says);
    expect(received).toEqual([]);
  });

  it('lists what a client asked for, and what became of it', async () => {
    const item = {
      ...waiting,
      title: 'being left out of this rollout',
      request: { kind: 'skip', reason: 'stocktaking' },
      requestedBy: 'token:pm',
      requestedAt: '2026-11-25T12:00:00.000Z',
      settled: { at: '2026-11-25T13:00:00.000Z', by: 'token:pm', resolution: 'skipped' },
    };
    const { run, received } = await rollouts(['requests', 'r', 'ash'], { body: { items: [item] } });

    expect(run).toMatchObject({ exitCode: 0, errors: '' });
    expect(run.output).toMatch(/being left out of this rollout +stocktaking +skipped/);
    expect(received).toMatchObject([{ path: '/v1/rollouts/r/clients/ash/requests' }]);
  });
});
