const midweek = { weekdays: ['tue', 'wed', 'thu'] };

/** The calendars every new installation starts with; a vendor edits them as data. */
export const seededCalendars = [
  {
    calendar: 'support-days',
    zone: 'client',
    allow: [{ name: 'Tuesday to Thursday evenings', on: midweek, from: '20:00', to: '23:00' }],
  },
  {
    // Wider than support days, yet never into the working day of the people at the client.
    calendar: 'emergency',
    zone: 'client',
    allow: [
      {
        name: 'Evenings and nights',
        on: { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
        from: '18:00',
        to: '06:00',
      },
      { name: 'Weekends', on: { weekdays: ['sat', 'sun'] }, from: '00:00', to: '24:00' },
    ],
  },
  { calendar: 'always', zone: 'client', allow: 'always' },
] as const;
