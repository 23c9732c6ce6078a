import fc from 'fast-check';
import type {
  CalendarDocument,
  DaySelectorDocument,
} from '../../../domain/calendar/calendar-document.ts';
import { weekdays } from '../../../domain/calendar/local-time.ts';
import { plus } from './brute-force-days.ts';

/** Any selector about the time around a date, nested up to three levels; holidays are those of the set `off`. */
export function someSelectors(around: string): fc.Arbitrary<DaySelectorDocument> {
  const weekday = fc.constantFrom(...weekdays);
  const date = fc.integer({ min: -40, max: 40 }).map((days) => plus(around, days));
  const months = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 4 });
  const nth = fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -3, -4, -5);
  const monthDay = fc.integer({ min: -31, max: 31 }).filter((day) => day !== 0);
  const yearDay = fc.constantFrom('01-01', '02-28', '02-29', '03-01', '06-30', '12-15', '12-31');
  const { selector } = fc.letrec<{ selector: DaySelectorDocument; plain: DaySelectorDocument }>(
    (tie) => ({
      plain: fc.oneof(
        fc.record({ weekdays: fc.subarray([...weekdays], { minLength: 1 }) }),
        fc.record({
          monthly: fc.record({ nth, weekday, months }, { requiredKeys: ['nth', 'weekday'] }),
        }),
        fc.record({ monthDays: fc.uniqueArray(monthDay, { minLength: 1, maxLength: 3 }) }),
        fc.record({ months }),
        fc.record({ yearly: fc.record({ from: yearDay, to: yearDay }) }),
        fc.record({ dates: fc.array(date, { maxLength: 4 }) }),
        fc.record({ every: fc.record({ days: fc.integer({ min: 1, max: 40 }), since: date }) }),
        fc.record({ every: fc.record({ weeks: fc.integer({ min: 1, max: 5 }), since: date }) }),
        fc.constant({ holidays: 'off' }),
      ),
      selector: fc.oneof(
        { maxDepth: 3, depthIdentifier: 'selector' },
        tie('plain'),
        fc.record({
          offset: fc.record({ days: fc.integer({ min: -45, max: 45 }), from: tie('selector') }),
        }),
        fc.record({
          offset: fc.record({ months: fc.integer({ min: -3, max: 3 }), from: tie('selector') }),
        }),
        fc.record({
          offset: fc.record({
            businessDays: fc.integer({ min: -12, max: 12 }).filter((days) => days !== 0),
            from: tie('selector'),
          }),
        }),
        fc.record({ next: fc.record({ weekday, from: tie('selector') }) }),
        fc.record({ previous: fc.record({ weekday, from: tie('selector') }) }),
        fc.record({ all: fc.array(tie('selector'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('selector'), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie('selector') }),
      ),
    }),
  );
  return selector;
}

/** What business days are in a sample: odd weeks, holidays and working Saturdays around a date. */
export function someBusinessDays(
  around: string,
): fc.Arbitrary<Pick<CalendarDocument, 'holidays' | 'businessDays'>> {
  const date = fc.integer({ min: -40, max: 40 }).map((days) => plus(around, days));
  return fc.record({
    holidays: fc.record({ off: fc.uniqueArray(date, { maxLength: 12 }) }),
    businessDays: fc.record(
      {
        weekdays: fc.subarray([...weekdays], { minLength: 1 }),
        except: fc.constant(['off']),
        extra: fc.uniqueArray(date, { minLength: 1, maxLength: 4 }),
      },
      { requiredKeys: [] },
    ),
  });
}
