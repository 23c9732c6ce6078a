import fc from 'fast-check';
import { ask } from '../../../domain/calendar/ask.ts';
import {
  addBusinessDays,
  businessDaysBetween,
  isBusinessDay,
} from '../../../domain/calendar/business-days.ts';
import type { LocalDate } from '../../../domain/instant.ts';
import { instantsShowing } from './brute-force.ts';
import { isWorkday, pickedDates, plus, plusWorkdays } from './brute-force-days.ts';
import { aCalendar } from './reading.ts';
import { someBusinessDays, someSelectors } from './some-selectors.ts';

const centre = fc.constantFrom('2026-11-25', '2028-02-29', '2011-12-30', '2027-01-01');
const dayMs = 86_400_000;
const runs = { numRuns: 400 };

const sample = centre.chain((date) =>
  fc.record({
    date: fc.constant(date),
    near: fc.integer({ min: -25, max: 25 }).map((days) => plus(date, days)),
    other: fc.integer({ min: -40, max: 40 }).map((days) => plus(date, days)),
    selector: someSelectors(date),
    working: someBusinessDays(date),
    hours: fc.constantFrom({ from: '09:00', to: '17:00' }, { from: '00:00', to: '02:15' }),
    days: fc.integer({ min: -15, max: 15 }),
    roll: fc.constantFrom('forward', 'backward', 'none'),
    zone: fc.constantFrom('Pacific/Apia', 'Australia/Lord_Howe', 'America/Sao_Paulo', '-03:30'),
  }),
);
const steps = { forward: 1, backward: -1, none: 0 } as const;

describe('days against going through all dates', () => {
  it('picks the dates of every selector, however they are nested', () => {
    fc.assert(
      fc.property(sample, ({ date, selector, working }) => {
        const calendar = { zone: 'UTC', ...working };
        const [from, to] = [plus(date, -45), plus(date, 45)];
        const range = [Date.parse(from) / dayMs, Date.parse(to) / dayMs] as const;
        const expected = [...pickedDates(selector, calendar, range)].filter(
          (each) => each >= from && each <= to,
        );

        const answer = ask({ ask: 'dates', calendar, on: selector, from, to });

        expect(answer).toEqual({ dates: expected.sort() });
      }),
      runs,
    );
  });

  it('counts business days one by one, on and back', () => {
    fc.assert(
      fc.property(sample, ({ near, other, working, days, roll }) => {
        const calendar = aCalendar(working);
        const document = { zone: 'UTC', ...working };
        const [first, second] = [near, other].sort() as [LocalDate, LocalDate];
        let between = 0;
        for (let each: string = first; each < second; each = plus(each, 1)) {
          if (isWorkday(document, each)) between++;
        }

        const added = addBusinessDays(calendar, near as LocalDate, { days, roll });

        expect(added).toBe(plusWorkdays(document, near, days, steps[roll]));
        expect(businessDaysBetween(calendar, first, second)).toBe(between);
        expect(businessDaysBetween(calendar, second, first) + between).toBe(0);
        expect(isBusinessDay(calendar, first).businessDay).toBe(isWorkday(document, first));
      }),
      runs,
    );
  });

  it('lets a notice leave until the office closes on the day it is due', () => {
    fc.assert(
      fc.property(sample, ({ near, working, days, hours, zone }) => {
        const businessDays = { ...working.businessDays, hours };
        const calendar = { zone: 'UTC', ...working, businessDays };
        const count = Math.abs(days);
        const closing = (date: string): string => {
          const { start } = instantsShowing(zone, Date.parse(`${date}T${hours.to}Z`));
          return new Date(start).toISOString().replace('.000Z', 'Z');
        };
        const asked = { ask: 'noticeDeadline', calendar, date: near, clientZone: zone };

        const inBusinessDays = ask({ ...asked, businessDays: count });
        const inDays = ask({ ...asked, days: count });

        expect(inBusinessDays).toEqual({ at: closing(plusWorkdays(calendar, near, -count, -1)) });
        expect(inDays).toEqual({ at: closing(plus(near, -count)) });
      }),
      runs,
    );
  });
});
