import type { CalendarDocument } from './calendar-document.ts';
import { periodEndRule, spanRule, weeklyRule } from './patterns.ts';

/** What a new calendar can begin with. */
export interface CalendarTemplate {
  readonly key: string;
  readonly title: string;
  readonly about: string;
  readonly document: Omit<CalendarDocument, 'calendar' | 'zone'>;
}

const evenings = weeklyRule({
  name: 'Tuesday to Thursday evenings',
  weekdays: ['tue', 'wed', 'thu'],
  from: '20:00',
  to: '23:00',
  kinds: [],
  tags: [],
});

export const templates: readonly CalendarTemplate[] = [
  {
    key: 'empty',
    title: 'Nothing yet',
    about: 'No window is open until you add one.',
    document: {},
  },
  {
    key: 'weekday-evenings',
    title: 'Weekday evenings',
    about: 'Tuesday to Thursday, 20:00–23:00.',
    document: { allow: [evenings] },
  },
  {
    key: 'careful',
    title: 'Weekday evenings, careful at the ends',
    about:
      'The same, but not around the new year and not in the last three business days of a quarter.',
    document: {
      allow: [evenings],
      deny: [
        periodEndRule({ name: 'Quarter end', edge: 'last', count: 3, period: 'quarter' }),
        spanRule({
          name: 'Year-end freeze',
          repeats: 'yearly',
          from: '2026-12-15',
          to: '2027-01-05',
          kinds: ['release'],
        }),
      ],
    },
  },
  {
    key: 'sundays',
    title: 'Sundays',
    about: 'Sunday, 06:00–12:00.',
    document: {
      allow: [
        weeklyRule({
          name: 'Sunday mornings',
          weekdays: ['sun'],
          from: '06:00',
          to: '12:00',
          kinds: [],
          tags: [],
        }),
      ],
    },
  },
  {
    key: 'always',
    title: 'At any time',
    about: 'For emergencies, or to be narrowed by freezes and coverage.',
    document: { allow: 'always' },
  },
];
