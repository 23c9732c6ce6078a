import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import {
  listHolidayPlaces,
  type ProposedHoliday,
  proposeHolidays,
} from '../../../integrations/holidays/propose-holidays.ts';

function ontario(...years: readonly number[]): readonly ProposedHoliday[] {
  return proposeHolidays({ country: 'CA', region: 'ON', years })?.items ?? [];
}

function suggestedDates(days: readonly ProposedHoliday[]): readonly string[] {
  return days.filter(({ suggested }) => suggested).map(({ date }) => date);
}

describe('holidays proposed for review', () => {
  it('suggests the public holidays of Ontario, with Monday 28 December for Saturday the 26th', () => {
    expect(suggestedDates(ontario(2026))).toEqual([
      '2026-01-01',
      '2026-02-16',
      '2026-04-03',
      '2026-05-18',
      '2026-07-01',
      '2026-09-07',
      '2026-10-12',
      '2026-12-25',
      '2026-12-26',
      '2026-12-28',
    ]);
    expect(ontario(2026).at(-1)).toMatchObject({
      weekday: 'mon',
      name: 'Boxing Day (substitute day)',
      substitute: true,
      note: expect.stringContaining('Employment Standards Act'),
    });
  });

  it('shows Easter Monday in Ontario, but does not suggest it, and says who says so', () => {
    expect(ontario(2026).find(({ name }) => name === 'Easter Monday')).toMatchObject({
      date: '2026-04-06',
      suggested: false,
      note: expect.stringContaining('Employment Standards Act'),
    });
  });

  it('makes up for two days in a row on two days', () => {
    expect(suggestedDates(ontario(2027)).slice(-4)).toEqual([
      '2027-12-25',
      '2027-12-26',
      '2027-12-27',
      '2027-12-28',
    ]);
  });

  it('suggests neither observances nor optional days', () => {
    const others = ontario(2026).filter(({ kind }) => kind !== 'public');

    expect(others.map(({ name }) => name)).toContain('Remembrance Day');
    expect(suggestedDates(others)).toEqual([]);
  });

  it('answers several years in order, each once', () => {
    const days = ontario(2027, 2026, 2027);

    expect(days.map(({ date }) => date)).toEqual(days.map(({ date }) => date).sort());
    expect(days.filter(({ name }) => name === 'Canada Day')).toHaveLength(2);
  });

  it('counts each day of a holiday of several days', () => {
    const days = proposeHolidays({ country: 'TR', region: null, years: [2026] })?.items ?? [];
    const longest = Map.groupBy(days, ({ name }) => name);

    expect([...longest.values()].some((each) => each.length > 2)).toBe(true);
  });

  it('knows countries and their regions by name, and no place that does not exist', () => {
    const canada = listHolidayPlaces().find(({ country }) => country === 'CA');

    expect(canada).toMatchObject({ name: 'Canada' });
    expect(canada?.regions).toContainEqual({ code: 'ON', name: 'Ontario' });
    expect(proposeHolidays({ country: 'XX', region: null, years: [2026] })).toBeNull();
    expect(proposeHolidays({ country: 'CA', region: 'XX', years: [2026] })).toBeNull();
    expect(proposeHolidays({ country: 'constructor', region: null, years: [2026] })).toBeNull();
  });

  it.each(['UTC', 'Pacific/Kiritimati', 'America/St_Johns'])(
    'answers the same in a process of zone %s',
    (zone) => {
      const module = fileURLToPath(
        new URL('../../../integrations/holidays/propose-holidays.ts', import.meta.url),
      );
      const script = `import { proposeHolidays } from ${JSON.stringify(module)};
        const of = (country, region) => proposeHolidays({ country, region, years: [2026, 2027] });
        console.log(JSON.stringify([of('CA', 'ON'), of('FR', null), of('TR', null)]));`;
      const run = spawnSync(
        process.execPath,
        ['--no-warnings', '--input-type=module', '--eval', script],
        { encoding: 'utf8', env: { PATH: process.env['PATH'], TZ: zone } },
      );
      const here = [
        proposeHolidays({ country: 'CA', region: 'ON', years: [2026, 2027] }),
        proposeHolidays({ country: 'FR', region: null, years: [2026, 2027] }),
        proposeHolidays({ country: 'TR', region: null, years: [2026, 2027] }),
      ];

      expect(run.stderr).toBe('');
      expect(JSON.parse(run.stdout)).toEqual(here);
    },
  );
});
