import type {
  CalendarDocument,
  CalendarRuleDocument,
} from '../../../domain/calendar/calendar-document.ts';
import type { CalendarLayer } from '../../../domain/calendar/calendar-layer.ts';
import { explainDays } from '../../../domain/calendar/explain-days.ts';
import { explainReason } from '../../../domain/calendar/explain-reason.ts';
import { lengthWords, timeWords } from '../../../domain/calendar/explain-time.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import type { Duration } from '../../../domain/duration.ts';
import type { LocalDate } from '../../../domain/instant.ts';
import { aLayer, at } from './reading.ts';

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

/** The example of the handbook: three and two people, both off on Ontario's holidays. */
function supportDays(document: Partial<CalendarDocument> = {}): Partial<CalendarDocument> {
  return {
    zone: 'America/Toronto',
    holidays: { 'ca-on': ['2026-12-25', '2026-12-28', '2027-01-01'] },
    coverage: {
      teams: {
        'front-line': {
          people: 3,
          off: ['ca-on'],
          hours: [{ on: { weekdays: workdays }, from: '09:00', to: '17:00' }],
        },
        escalation: {
          people: 2,
          off: ['ca-on'],
          hours: [{ on: { weekdays: workdays }, from: '09:00', to: '21:00' }],
          zone: 'America/Halifax',
        },
      },
      away: [{ team: 'escalation', between: ['2026-12-21T00:00', '2026-12-24T00:00'], people: 1 }],
      require: {
        during: { escalation: 2 },
        aftercare: { within: 'PT24H', hours: 8, teams: { 'front-line': 2, escalation: 1 } },
      },
    },
    ...document,
  };
}

function sentences(
  layers: readonly CalendarLayer[],
  asked: string,
  worstCase = 'PT0S',
): readonly string[] {
  const scope = { worstCase: worstCase as Duration };
  const start = { at: at(asked), scope, zone: 'America/Toronto' };
  return judgeSchedule(layers, at(asked), scope).reasons.map((each) =>
    explainReason(layers, each, start),
  );
}

const aftercareOf = (people: { during?: Record<string, number>; hours?: number }) => {
  const { coverage } = supportDays();
  return supportDays({
    coverage: {
      teams: coverage?.teams ?? {},
      require: {
        ...(people.during && { during: people.during }),
        ...(people.hours !== undefined && {
          aftercare: {
            within: 'PT24H',
            hours: people.hours,
            teams: { 'front-line': 2, escalation: 1 },
          },
        }),
      },
    },
  });
};

describe('a reason as a sentence', () => {
  it.each<[string, Partial<CalendarDocument>, string, string, readonly string[]]>([
    [
      'too little time after the work because of a holiday',
      aftercareOf({ hours: 8 }),
      '2026-12-24T19:00Z',
      'PT0S',
      ['3 of 8 staffed hours within 24 h: Friday 25 December is a holiday'],
    ],
    [
      'a weekend, and no minute rounded up',
      aftercareOf({ hours: 8 }),
      '2026-12-18T14:01Z',
      'PT0S',
      ['7.98 of 8 staffed hours within 24 h: nobody works on Saturday 19 December'],
    ],
    [
      'more hours than an ordinary day has',
      aftercareOf({ hours: 8.5 }),
      '2026-12-15T15:00Z',
      'PT0S',
      ['8 of 8.5 staffed hours within 24 h'],
    ],
    [
      'people who are away',
      supportDays(),
      '2026-12-21T15:00Z',
      'PT0S',
      [
        'escalation has 1 of 2 people until Thursday 24 December 08:00: 1 of 2 of escalation away until Wednesday 23 December 23:00',
      ],
    ],
    [
      'a team outside its hours',
      aftercareOf({ during: { 'front-line': 1 } }),
      '2026-12-15T12:00Z',
      'PT0S',
      ['front-line has 0 of 1 people, outside its hours until 09:00'],
    ],
    [
      'a holiday of a team',
      aftercareOf({ during: { 'front-line': 1 } }),
      '2026-12-25T15:00Z',
      'PT0S',
      [
        'front-line has 0 of 1 people until Tuesday 29 December 09:00: Friday 25 December is a holiday',
      ],
    ],
    [
      'a team that is too small for ever',
      aftercareOf({ during: { escalation: 3 } }),
      '2026-12-15T15:00Z',
      'PT0S',
      ['escalation has 2 of 3 people: escalation is a team of 2'],
    ],
    [
      'people who leave before the work ends',
      aftercareOf({ during: { escalation: 1 } }),
      '2026-12-15T23:30Z',
      'PT2H',
      [
        'work of up to 2 h does not fit: open only until 20:00, for 1 h 30 min',
        'escalation has 0 of 1 people from 20:00 on, before the work ends at 20:30',
      ],
    ],
    [
      'a day that only one of the teams works',
      supportDays({
        coverage: {
          teams: {
            a: { people: 1, hours: [{ on: { weekdays: workdays }, from: '09:00', to: '17:00' }] },
            b: { people: 1, hours: [{ from: '09:00', to: '17:00' }] },
          },
          require: { aftercare: { within: 'PT24H', hours: 8, teams: { a: 1, b: 1 } } },
        },
      }),
      '2026-12-18T23:00Z',
      'PT0S',
      ['0 of 8 staffed hours within 24 h: a does not work on Saturday 19 December'],
    ],
    [
      'a holiday of one of two teams',
      supportDays({
        coverage: {
          teams: {
            a: { people: 1, off: ['ca-on'], hours: [{ from: '09:00', to: '17:00' }] },
            b: { people: 1, hours: [{ from: '09:00', to: '17:00' }] },
          },
          require: { aftercare: { within: 'PT24H', hours: 8, teams: { a: 1, b: 1 } } },
        },
      }),
      '2026-12-31T23:00Z',
      'PT0S',
      ['0 of 8 staffed hours within 24 h: Friday 1 January 2027 is a holiday of a'],
    ],
  ])('says %s', (_name, document, asked, worstCase, expected) => {
    expect(sentences([aLayer(document)], asked, worstCase)).toEqual(expected);
  });

  it('says whose rule it is and until when', () => {
    const freeze = { name: 'Audit', between: ['2026-12-15T00:00', '2026-12-16T12:00'] as const };
    const deny = [freeze];
    const layers = [
      aLayer({ zone: 'America/Toronto', allow: [] }, 'vendor'),
      aLayer({ zone: 'America/Toronto', allow: [{ from: '20:00', to: '23:00' }] }, 'policy'),
      aLayer({ zone: 'America/Toronto', deny }, 'client'),
      aLayer({ zone: 'America/Toronto', deny }, 'freeze'),
      aLayer({ deny: [{ name: 'Never', from: '00:00', to: '24:00' }] }, 'agreement'),
    ];

    expect(sentences(layers, '2026-12-15T17:00Z')).toEqual([
      "the vendor's calendar allows no time",
      "outside the policy's allowed times",
      'the client\'s "Audit" until Wednesday 16 December 12:00',
      '"Audit" until Wednesday 16 December 12:00',
      'the agreed "Never"',
    ]);
  });

  it('speaks only of the layers in which people are missing, and of each of them', () => {
    const night = [{ from: '20:00', to: '23:00' }];
    const layer = (hours: CalendarRuleDocument[], name: string): CalendarLayer =>
      aLayer(
        {
          coverage: {
            teams: { desk: { people: 1, hours } },
            require: {
              during: { desk: 1 },
              aftercare: { within: 'PT6H', hours: 2, teams: { desk: 1 } },
            },
          },
        },
        name,
      );
    const day = [{ from: '08:00', to: '20:00' }];
    const mixed = [layer(day, 'vendor'), layer(night, 'policy'), aLayer({}, 'client')];

    expect(sentences(mixed, '2026-11-24T10:00Z')).toEqual([
      'desk has 0 of 1 people, outside its hours until 15:00',
      '0 of 2 staffed hours within 6 h',
    ]);
    expect(sentences(mixed, '2026-11-25T00:00Z')).toEqual([
      'desk has 0 of 1 people, outside its hours until Wednesday 25 November 03:00; desk has 0 of 1 people, outside its hours until Wednesday 25 November 15:00',
      '0 of 2 staffed hours within 6 h; 0 of 2 staffed hours within 6 h',
    ]);
  });

  it('names four causes and counts the others', () => {
    const away = ['25', '26', '27', '28', '29', '30'].map((day) => ({
      team: 'escalation',
      between: ['2026-11-24T00:00', `2026-11-${day}T00:00`] as const,
      people: 1,
    }));
    const { coverage } = aftercareOf({ during: { escalation: 1 } });
    const document = supportDays({ ...(coverage && { coverage: { ...coverage, away } }) });

    const [sentence] = sentences([aLayer(document)], '2026-11-24T15:00Z');

    const first = ['Tuesday 24', 'Wednesday 25', 'Thursday 26', 'Friday 27'].map(
      (day) => `1 of 2 of escalation away until ${day} November 23:00`,
    );
    expect(sentence).toBe(
      `escalation has 0 of 1 people until Monday 30 November 08:00: ${first.join('; ').replace('Tuesday 24 November ', '')}; and 2 more`,
    );
  });

  it('repeats a rule of coverage that no layer breaks any more', () => {
    const reason = { layer: 'coverage', rule: 'during: nobody' };
    const start = { at: at('2026-11-24T10:00Z'), zone: 'UTC' };

    expect(explainReason([aLayer(supportDays())], reason, start)).toBe('during: nobody');
  });

  it('says no more than that the work does not fit where nothing is open', () => {
    const reason = { layer: 'calendar', rule: 'worst case does not fit' };
    const scope = { worstCase: 'PT90S' as Duration };
    const start = { at: at('2026-11-24T10:00Z'), zone: 'UTC', scope };

    expect(explainReason([aLayer({ allow: [] })], reason, start)).toBe(
      'work of up to 1 min 30 s does not fit',
    );
  });

  it('writes seconds only where there are some', () => {
    const reader = { zone: 'UTC', at: Date.parse('2026-11-24T10:00Z') };

    expect(timeWords(Date.parse('2026-11-24T10:00:05Z'), reader)).toBe('10:00:05');
    expect(timeWords(Date.parse('2027-02-01T00:00Z'), reader)).toBe('Monday 1 February 2027 00:00');
  });

  it.each([
    [0, '0 min'],
    [90_000, '1 min 30 s'],
    [86_400_000, '24 h'],
    [172_800_000, '48 h'],
    [259_200_000, '3 days'],
    [262_800_000, '73 h'],
  ])('writes %i ms as %s', (ms, words) => {
    expect(lengthWords(ms)).toBe(words);
  });
});

describe('the days of a calendar', () => {
  const evenings = [
    {
      name: 'Evenings',
      on: { weekdays: ['tue', 'wed', 'thu'] as const },
      from: '18:00',
      to: '23:00',
    },
  ];
  const freeze = { name: 'Freeze', between: ['2026-12-29T20:00', '2027-01-05T00:00'] as const };

  function rows(
    document: Partial<CalendarDocument>,
    range: readonly [string, string],
    worstCase?: string,
  ): readonly string[] {
    const [from, to] = range as readonly [LocalDate, LocalDate];
    const scope = worstCase === undefined ? {} : { worstCase: worstCase as Duration };
    const zone = document.zone ?? 'UTC';
    return explainDays([aLayer(document)], { from, to, zone, scope }).days.map((day) =>
      [
        `${day.weekday} ${day.date}`,
        ...day.open.map(
          ({ localStart, localEnd, rules }) =>
            `${localStart.slice(11, 16)}-${localEnd.slice(11, 16)} ${rules.join()}`,
        ),
        ...day.closedBecause.map(({ text }) => text),
      ].join(' | '),
    );
  }

  it('shows what each day allows and what takes it away, from when', () => {
    const document = supportDays({
      ...aftercareOf({ during: { escalation: 1 }, hours: 7 }),
      allow: evenings,
      deny: [freeze],
    });

    expect(rows(document, ['2026-12-22', '2026-12-30'], 'PT1H')).toEqual([
      'tue 2026-12-22 | 18:00-20:00 Evenings | from 20:00: escalation has 0 of 1 people, outside its hours until Wednesday 23 December 08:00',
      'wed 2026-12-23 | 18:00-20:00 Evenings | from 20:00: escalation has 0 of 1 people, outside its hours until Thursday 24 December 08:00',
      'thu 2026-12-24 | 0 of 7 staffed hours within 24 h: Friday 25 December is a holiday | from 20:00: escalation has 0 of 1 people, outside its hours until Tuesday 29 December 08:00',
      'fri 2026-12-25 | outside the allowed times',
      'sat 2026-12-26 | outside the allowed times',
      'sun 2026-12-27 | outside the allowed times',
      'mon 2026-12-28 | outside the allowed times',
      'tue 2026-12-29 | 18:00-20:00 Evenings | from 20:00: "Freeze" until Tuesday 5 January 2027 00:00 | from 20:00: escalation has 0 of 1 people, outside its hours until Wednesday 30 December 08:00',
      'wed 2026-12-30 | "Freeze" until Tuesday 5 January 2027 00:00 | from 20:00: escalation has 0 of 1 people, outside its hours until Thursday 31 December 08:00',
    ]);
  });

  it('cuts what runs over midnight, and drops what is too short for the work', () => {
    const allow = [
      { name: 'night', on: { weekdays: ['fri'] as const }, from: '22:00', to: '05:00' },
      { name: 'noon', on: { weekdays: ['sat'] as const }, from: '12:00', to: '12:30' },
    ];

    expect(rows({ allow }, ['2026-11-27', '2026-11-28'], 'PT1H')).toEqual([
      'fri 2026-11-27 | 22:00-00:00 night',
      'sat 2026-11-28 | 00:00-05:00 night | from 12:00: work of up to 1 h does not fit: open only until 12:30, for 30 min',
    ]);
  });

  it('shows a start only where the time behind it is staffed', () => {
    const document = aftercareOf({ hours: 8 });

    expect(rows(document, ['2026-12-18', '2026-12-18'])).toEqual([
      'fri 2026-12-18 | 00:00-09:00  | from 09:00: 7.99 of 8 staffed hours within 24 h: nobody works on Saturday 19 December',
    ]);
  });

  it('ends with the last start, to the millisecond', () => {
    const layers = [aLayer(aftercareOf({ hours: 8 }))];
    const date = '2026-12-18' as LocalDate;

    const { days } = explainDays(layers, { from: date, to: date, zone: 'America/Toronto' });

    expect(days[0]?.open.map(({ end }) => end)).toEqual([at('2026-12-18T14:00Z')]);
  });

  it('leaves out a date that the zone skips, and keeps the others', () => {
    const document = { zone: 'Pacific/Apia' };

    expect(rows(document, ['2011-12-29', '2011-12-31'])).toEqual([
      'thu 2011-12-29 | 00:00-00:00 ',
      'sat 2011-12-31 | 00:00-00:00 ',
    ]);
  });

  it('says of two calendars whose times never meet that neither allows the other', () => {
    const layers = [
      aLayer({ allow: [{ from: '08:00', to: '12:00' }] }, 'vendor'),
      aLayer({ allow: [{ from: '12:00', to: '20:00' }] }, 'client'),
    ];
    const date = '2026-11-24' as LocalDate;

    const { days, opens, summary } = explainDays(layers, { from: date, to: date, zone: 'UTC' });

    expect(days[0]?.closedBecause).toEqual([
      {
        layer: 'vendor',
        rule: 'no allow rule',
        text: "outside the vendor's allowed times",
        until: null,
      },
      {
        layer: 'client',
        rule: 'no allow rule',
        text: "outside the client's allowed times",
        until: null,
      },
    ]);
    expect([opens, summary]).toEqual([0, 'No day of 1 has open time.']);
  });

  it('counts stretches, not days, and says when the first one is', () => {
    const allow = [{ name: 'night', from: '22:00', to: '05:00' }];
    const [from, to] = ['2026-11-24', '2026-11-25'] as [LocalDate, LocalDate];

    const timeline = explainDays([aLayer({ allow })], { from, to, zone: 'UTC' });

    expect(timeline).toMatchObject({
      opens: 3,
      worstCase: null,
      summary: '2 of 2 days have open time, first Tuesday 24 November 00:00–05:00.',
    });
  });
});
