import { describe, expect, it } from '@jest/globals';
import type { Agreement, TimelineDay } from '../../../../apps/web/src/api/types.ts';
import { layersOf } from '../../../../apps/web/src/agreements/client-layers.ts';
import { comingDays, todayIn, weeksFrom } from '../../../../apps/web/src/agreements/coming-days.ts';

describe('the days of the next weeks', () => {
  it('leaves out the days on which nothing is allowed', () => {
    const nothing = closed('2026-12-01', 'outside the allowed times', 'no allow rule');

    expect(comingDays([nothing, open('2026-12-02')])).toEqual([
      {
        from: '2026-12-02',
        to: '2026-12-02',
        hours: ['20:00–23:00'],
        reasons: [],
        planned: [],
      },
    ]);
  });

  it('reads closed days in a row as one, while the reason is the same', () => {
    const days = [
      closed('2026-12-29', 'year-end freeze'),
      closed('2026-12-30', 'year-end freeze'),
      closed('2026-12-31', 'year-end freeze'),
      closed('2027-01-01', 'New Year’s Day'),
    ];

    expect(comingDays(days).map(({ from, to }) => [from, to])).toEqual([
      ['2026-12-29', '2026-12-31'],
      ['2027-01-01', '2027-01-01'],
    ]);
  });

  it('does not read over a day in between', () => {
    const days = [
      closed('2026-12-29', 'freeze'),
      closed('2026-12-30', 'outside', 'no allow rule'),
      closed('2026-12-31', 'freeze'),
    ];

    expect(comingDays(days)).toHaveLength(2);
  });

  it('gives every window a line of its own, with what closes the rest of the day and who is planned', () => {
    const partly = { ...open('2026-12-02'), closedBecause: closed('', 'freeze').closedBecause };
    const slot = {
      start: '2026-12-03T01:00:00Z',
      end: '2026-12-03T02:00:00Z',
      client: 'north',
      clientName: 'North',
      rollout: 'Release 8.4',
      rolloutId: 'r1',
      state: 'planned',
    } as const;

    expect(comingDays([partly, { ...open('2026-12-03'), slots: [slot] }])).toMatchObject([
      { from: '2026-12-02', hours: ['20:00–23:00'], reasons: ['freeze'] },
      { from: '2026-12-03', planned: [{ rollout: 'Release 8.4', rolloutId: 'r1' }] },
    ]);
  });

  it('counts whole weeks from the date at the client', () => {
    const evening = new Date('2026-12-31T11:00:00Z');

    expect(todayIn('Pacific/Kiritimati', evening)).toBe('2027-01-01');
    expect(todayIn('America/Toronto', evening)).toBe('2026-12-31');
    expect(weeksFrom('2026-12-31', 6)).toEqual({ from: '2026-12-31', to: '2027-02-10' });
  });
});

describe('the layers of a client', () => {
  const facts = {
    vendor: { name: 'Acme', calendar: 'acme-evenings' },
    policies: [
      { name: 'hotfix', title: 'Hotfix', document: { calendar: null } },
      { name: 'visible', title: 'Visible release', document: { calendar: 'no-quarter-end' } },
    ],
    client: { name: 'North', calendar: null },
    agreements: [],
    today: '2026-11-25',
  };

  it('stand in the order in which they are asked', () => {
    const agreements = [agreed('calendar'), agreed('freeze'), agreed('lead')];

    const layers = layersOf({ ...facts, agreements });

    expect(layers.map(({ layer, calendar }) => [layer, calendar])).toEqual([
      ['Vendor', 'acme-evenings'],
      ['Policy', 'no-quarter-end'],
      ['Client', null],
      ['Freeze', null],
      ['Agreement', null],
    ]);
    expect(layers[1]?.note).toBe('For rollouts under “Visible release” only');
  });

  it('say that the vendor’s days give way to an agreement', () => {
    const note = 'Its allowed days give way to the agreement; what it closes holds';

    expect(layersOf({ ...facts, agreements: [agreed('calendar')] })[0]?.note).toBe(note);
    expect(layersOf({ ...facts, agreements: [agreed('freeze')] })[0]?.note).toBeNull();
  });

  it('leave out what holds no more', () => {
    const agreements = [agreed('freeze', { expires: '2026-11-24' })];

    expect(layersOf({ ...facts, agreements }).map(({ layer }) => layer)).not.toContain('Freeze');
  });

  it('say where there is no calendar', () => {
    const vendor = { name: 'Acme', calendar: null };

    const [first, , client] = layersOf({ ...facts, vendor });

    expect(first?.what).toBe('Acme has no calendar: any time');
    expect(client?.what).toBe('North has no calendar of its own');
  });
});

function open(date: string): TimelineDay {
  const stretch = {
    start: `${date}T20:00:00Z`,
    end: `${date}T23:00:00Z`,
    localStart: `${date}T20:00:00`,
    localEnd: `${date}T23:00:00`,
    rules: ['Evenings'],
  };
  return { date, weekday: 'wed', open: [stretch], closedBecause: [], slots: [] };
}

function closed(date: string, text: string, rule = text): TimelineDay {
  const reason = { layer: 'vendor', rule, text, until: null };
  return { date, weekday: 'wed', open: [], closedBecause: [reason], slots: [] };
}

function agreed(kind: 'calendar' | 'freeze' | 'lead', part: Partial<Agreement> = {}): Agreement {
  const documents = {
    calendar: { zone: 'client', allow: 'always' },
    freeze: { from: '2026-12-20T00:00', to: '2027-01-05T06:00', reason: 'stocktaking' },
    lead: { lead: { days: 3 } },
  };
  return {
    id: kind,
    client: 'north',
    kind,
    title: '',
    document: documents[kind],
    source: 'Contract',
    owner: 'anna',
    since: '2026-11-01',
    expires: null,
    bindsCritical: true,
    createdBy: 'anna',
    createdAt: '2026-11-01T10:00:00Z',
    ended: null,
    ...part,
  };
}
