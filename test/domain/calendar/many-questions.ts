const zones = [
  'America/Toronto',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Winnipeg',
  'Asia/Kathmandu',
  '-03:30',
];
const dayMs = 86_400_000;

/** Questions of every kind about every calendar that the cases carry, around clock changes and at odd instants. */
export function manyQuestions(cases: readonly string[]): readonly string[] {
  const calendars = new Set(
    cases.flatMap((line) => {
      const { calendar } = JSON.parse(line) as { calendar?: unknown };
      return typeof calendar === 'object' ? [JSON.stringify(calendar)] : [];
    }),
  );
  return [
    ...[...calendars].flatMap((each, index) => aboutCalendar(JSON.parse(each), index)),
    ...zones.flatMap(aboutZone),
  ].map((question) => JSON.stringify(question));
}

function aboutCalendar(calendar: unknown, index: number): readonly object[] {
  const clientZone = zones[index % zones.length];
  // An odd number of minutes apart, so that every hour and both clock changes are met.
  return Array.from({ length: 14 }, (_, step) => {
    const at = Date.UTC(2026, 0, 5) + (index * 17 + step * 29) * dayMs + step * 101 * 60_000;
    const [date, later] = [dateOf(at), dateOf(at + 40 * dayMs)];
    const asked = { calendar, clientZone };
    return [
      { ask: 'state', ...asked, at: textOf(at), worstCase: `PT${step * 20}M` },
      { ask: 'windows', ...asked, from: textOf(at), to: textOf(at + 12 * dayMs) },
      { ask: 'addBusinessDays', ...asked, date, days: step - 7, roll: 'backward' },
      { ask: 'businessDaysBetween', ...asked, from: later, to: date },
      { ask: 'noticeDeadline', ...asked, date, businessDays: step },
    ][step % 5] as object;
  });
}

function aboutZone(zone: string): readonly object[] {
  return Array.from({ length: 200 }, (_, step) => {
    const at = Date.UTC(2026, 0, 1) + step * (4 * dayMs + 97 * 60_000);
    return [
      { ask: 'instantToLocal', zone, at: textOf(at) },
      { ask: 'localToInstant', zone, local: textOf(at).slice(0, 19) },
    ][step % 2] as object;
  });
}

function textOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

function dateOf(epochMs: number): string {
  return textOf(epochMs).slice(0, 10);
}
