import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawTimeline, type DrawnTimeline } from '../../../../apps/cli/calendar/explain-drawing.ts';
import { runCli, serve } from '../run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'daymark-explain-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const supportDays = `
calendar: support-days
zone: America/Toronto
allow:
  - name: Evenings
    on: { weekdays: [tue, wed, thu] }
    from: "18:00"
    to: "23:00"
deny:
  - name: Year-end freeze
    between: [2026-12-29T19:30, 2027-01-05T00:00]
holidays:
  ca-on: [2026-12-25, 2026-12-28, 2027-01-01]
coverage:
  teams:
    escalation:
      people: 2
      off: [ca-on]
      hours: [{ on: { weekdays: [mon, tue, wed, thu, fri] }, from: "09:00", to: "22:00" }]
  require:
    during: { escalation: 1 }
    aftercare: { within: PT24H, hours: 8, teams: { escalation: 1 } }
`;

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const file = written('support-days.yaml', supportDays);

describe('calendar explain', () => {
  it('draws the weeks of a file with the hours and the reasons, without a Daymark', async () => {
    const words = ['--file', file, '--from', '2026-12-23', '--weeks', '1', '--worst-case', 'PT1H'];

    const run = await runCli(['calendar', 'explain', ...words], { folder });

    expect(run.errors).toBe('');
    expect(run.output.split('\n')).toEqual([
      'support-days, 2026-12-23 to 2026-12-29, America/Toronto, for work of up to 1 h',
      '',
      '            0     6     12    18    24',
      'Wed 23 Dec  ..................####..  18:00–22:00 Evenings',
      '                                      from 22:00: escalation has 0 of 1 people, outside its hours until Thursday 24 December 09:00',
      'Thu 24 Dec  ........................  3 of 8 staffed hours within 24 h: Friday 25 December is a holiday',
      '                                      from 22:00: escalation has 0 of 1 people, outside its hours until Tuesday 29 December 09:00',
      'Fri 25 Dec  ........................  outside the allowed times',
      'Sat 26 Dec  ........................  outside the allowed times',
      'Sun 27 Dec  ........................  outside the allowed times',
      '',
      'Mon 28 Dec  ........................  outside the allowed times',
      'Tue 29 Dec  ..................#+....  18:00–19:30 Evenings',
      '                                      from 19:30: "Year-end freeze" until Tuesday 5 January 2027 00:00',
      '                                      from 22:00: escalation has 0 of 1 people, outside its hours until Wednesday 30 December 09:00',
      '',
      '# open, + partly open, . closed',
      '2 of 7 days have open time, first Wednesday 23 December 18:00–22:00.',
      '',
    ]);
    expect(run.exitCode).toBe(0);
  });

  it('answers programs with the timeline itself', async () => {
    const words = ['--file', file, '--from', '2026-12-25', '--weeks', '1', '--json'];

    const run = await runCli(['calendar', 'explain', ...words], { folder });

    expect(JSON.parse(run.output)).toMatchObject({
      zone: 'America/Toronto',
      from: '2026-12-25',
      to: '2026-12-31',
      worstCase: null,
      days: [
        {
          date: '2026-12-25',
          weekday: 'fri',
          open: [],
          closedBecause: [
            {
              layer: 'calendar',
              rule: 'no allow rule',
              text: 'outside the allowed times',
              until: null,
            },
          ],
        },
        ...new Array<unknown>(6).fill({}),
      ],
    });
  });

  it('starts four weeks today, where the calendar is', async () => {
    const zone = written('kiritimati.json', '{ "zone": "Pacific/Kiritimati", "allow": "always" }');
    const today = (): string => new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
    const before = today();

    const run = await runCli(['calendar', 'explain', '--file', zone, '--json'], { folder });

    const { from, days } = JSON.parse(run.output) as { from: string; days: unknown[] };
    expect([before, today()]).toContain(from);
    expect(days).toHaveLength(28);
  });

  it('asks for a stored calendar by its name', async () => {
    const server = await serve(() => ({
      body: { name: 'nights', revision: 2, document: { zone: 'UTC', allow: 'always' } },
    }));
    const { environment } = server;
    const words = ['nights', '--from', '2026-12-25', '--weeks', '1'];

    const run = await runCli(['calendar', 'explain', ...words], { folder, environment });

    await server.close();
    expect(server.received.map(({ path }) => path)).toEqual(['/v1/calendars/nights']);
    expect(run.output).toContain('Fri 25 Dec  ########################  00:00–24:00\n');
  });

  describe('of a client', () => {
    const timeline = {
      zone: 'Pacific/Kiritimati',
      from: '2026-12-24',
      to: '2026-12-30',
      worstCase: 'PT1H',
      opens: 0,
      summary: 'No day of 7 has open time.',
      days: [
        {
          date: '2026-12-24',
          weekday: 'thu',
          open: [],
          closedBecause: [
            { layer: 'freeze', rule: 'own freeze', text: 'stocktaking', until: null },
          ],
          slots: [{ clientName: 'North', rollout: 'spring' }],
        },
      ],
    };

    it('asks the server for all of its layers and draws the dates that lie there', async () => {
      const server = await serve(() => ({ body: timeline }));
      const { environment } = server;
      const about = ['--kind', 'hotfix', '--tags', 'big,early', '--worst-case', 'PT1H'];
      const words = ['--client', 'north', '--from', '2026-12-24', '--weeks', '1', ...about];

      const run = await runCli(['calendar', 'explain', ...words], { environment });

      await server.close();
      expect(server.received.map(({ path, body }) => ({ path, body }))).toEqual([
        {
          path: '/v1/calendars/explain',
          body: {
            client: 'north',
            kind: 'hotfix',
            tags: ['big', 'early'],
            worstCase: 'PT1H',
            from: '2026-12-24',
            to: '2026-12-30',
          },
        },
      ]);
      expect(run.output).toContain('north, 2026-12-24 to 2026-12-30, Pacific/Kiritimati');
      expect(run.output).toContain('stocktaking\n');
      expect(run.output).toContain('planned: North, spring\n');
      expect(run.exitCode).toBe(0);
    });

    it('starts today, where the client is', async () => {
      const server = await serve(({ path }) => ({
        body: path === '/v1/clients/north' ? { zone: 'Pacific/Kiritimati' } : timeline,
      }));
      const { environment } = server;
      const today = (): string => new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
      const before = today();

      await runCli(['calendar', 'explain', '--client', 'north'], { environment });

      await server.close();
      const { from } = server.received.at(-1)?.body as { from: string };
      expect([before, today()]).toContain(from);
    });

    it('says it in the words of the server when there is no such client', async () => {
      const server = await serve(() => ({
        status: 404,
        body: { status: 404, code: 'NOT_FOUND', title: 'Not found', detail: 'No client "north".' },
      }));
      const { environment } = server;

      const run = await runCli(['calendar', 'explain', '--client', 'north'], { environment });

      await server.close();
      expect(run.errors).toContain('No client "north".');
      expect(run.exitCode).toBe(1);
    });

    it('does not take another zone than its own', async () => {
      const server = await serve(() => ({ body: timeline }));
      const { environment } = server;
      const words = ['--client', 'north', '--client-zone', 'UTC'];

      const run = await runCli(['calendar', 'explain', ...words], { environment });

      await server.close();
      expect(run.errors).toContain('leave --client-zone out');
      expect(server.received).toEqual([]);
      expect(run.exitCode).toBe(2);
    });
  });

  it.each([
    [[], 'Name a stored calendar, or give a document'],
    [['nights', '--file', file], 'Name a stored calendar, or give a document'],
    [['nights', '--client', 'north'], 'Name a stored calendar, or give a document'],
    [['--file', file, '--client', 'north'], 'Name a stored calendar, or give a document'],
    [['--file', file, '--from', 'today'], '"today" is no date'],
    [['--file', file, '--weeks', '0'], 'from 1 to 57'],
    [['--file', file, '--weeks', '58'], 'from 1 to 57'],
    [['--file', file, '--worst-case', '1h'], '"1h" is no duration'],
    [['--file', written('zone.yaml', 'zone: client')], 'Say it with --client-zone.'],
    [
      ['--file', written('zone.yaml', 'zone: client'), '--client-zone', 'Mars/Base'],
      '"Mars/Base" is no zone',
    ],
    [['--file', written('text.yaml', '{ zone: "UTC')], 'is neither YAML nor JSON'],
  ])('refuses %j and says what to write', async (words, message) => {
    const run = await runCli(['calendar', 'explain', ...words], { folder });

    expect(run.errors).toContain(message);
    expect(run.exitCode).toBe(2);
  });

  it('names every problem of a document with its path', async () => {
    const broken = written('broken.yaml', 'zone: Mars/Base\nallow: [{ from: "20:00" }]');

    const run = await runCli(['calendar', 'explain', '--file', broken], { folder });

    expect(run.errors).toContain('zone: "Mars/Base" is no zone');
    expect(run.errors).toContain('allow[0].to: allow[0].to is missing');
    expect(run.exitCode).toBe(3);
  });
});

describe('the drawing of a day', () => {
  function bar(open: readonly (readonly [string, string])[]): string {
    const date = '2026-12-01';
    const timeline: DrawnTimeline = {
      zone: 'UTC',
      from: date,
      to: date,
      worstCase: null,
      summary: '',
      days: [
        {
          date,
          weekday: 'tue',
          open: open.map(([from, to]) => ({
            localStart: `${date}T${from}:00`,
            localEnd: to === '24:00' ? '2026-12-02T00:00:00' : `${date}T${to}:00`,
            rules: [],
          })),
          closedBecause: [],
          slots: [{ clientName: 'North', rollout: 'spring' }],
        },
      ],
    };
    const [, , , row = ''] = drawTimeline(timeline, { title: 'x', blocks: true }).split('\n');
    return row.slice(12, 36);
  }

  it.each<[readonly (readonly [string, string])[], string]>([
    [[], '························'],
    [[['00:00', '24:00']], '████████████████████████'],
    [[['20:30', '23:30']], '····················▐██▌'],
    [[['20:15', '21:45']], '····················▒▒··'],
    [[['08:00', '08:01']], '········▒···············'],
    [
      [
        ['08:00', '08:30'],
        ['08:30', '09:00'],
      ],
      '········█···············',
    ],
  ])('draws %j as %s', (open, expected) => {
    expect(bar(open)).toBe(expected);
  });

  it('names the slots of the day behind its hours', () => {
    const day = {
      date: '2026-12-01',
      weekday: 'tue',
      open: [],
      closedBecause: [{ text: 'freeze' }],
    };
    const slots = [{ clientName: 'North', rollout: 'spring' }];
    const timeline = { zone: 'UTC', from: '', to: '', worstCase: null, summary: '' };

    const drawing = drawTimeline(
      { ...timeline, days: [{ ...day, slots }] },
      { title: 'x', blocks: false },
    );

    expect(drawing).toContain('  freeze\n');
    expect(drawing).toContain(`${' '.repeat(38)}planned: North, spring\n`);
  });
});
