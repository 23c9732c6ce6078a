import { type CalendarLayer, layerFrom } from '../../domain/calendar/calendar-layer.ts';
import { dateOf, dayOf } from '../../domain/calendar/local-time.ts';
import { type Instant, type LocalDate, parseInstant, plusMs } from '../../domain/instant.ts';
import type { Dice } from './dice.ts';

/** When the next rollout may begin at one client. */
export interface OpeningQuestion {
  readonly at: Instant;
  readonly zone: string;
  /** The client's own freeze in local dates, both inclusive; null = none. */
  readonly freeze: OwnFreeze | null;
  readonly layers: readonly CalendarLayer[];
}

/** A freeze of one client: no start from the first date to the last one. */
export interface OwnFreeze {
  readonly first: LocalDate;
  readonly last: LocalDate;
}

/** The rule of both contenders in one place: evenings of some weekdays, and what is denied. */
export const rule = {
  vendorZone: 'America/Toronto',
  vendorDeny: ['2026-12-15T00:00', '2027-01-05T00:00'],
  holidays: ['2026-12-25', '2026-12-28', '2027-01-01', '2027-02-15', '2027-03-26', '2027-05-24'],
  weekdays: ['tue', 'wed', 'thu'],
  from: '20:00',
  to: '23:00',
  /** In the client's own zone. */
  policyDeny: ['2027-03-29T00:00', '2027-04-02T12:00'],
  worstCase: 'PT45M',
} as const;

/** Sixty zones, those with half and quarter hours, two-hour and half-hour shifts among them. */
export const zones =
  `America/Toronto America/Vancouver America/Winnipeg America/Edmonton America/Halifax America/St_Johns
America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Anchorage
America/Havana America/Mexico_City America/Bogota America/Caracas America/Sao_Paulo America/Santiago
America/Asuncion America/Nuuk Atlantic/Azores Atlantic/Reykjavik Africa/Casablanca Africa/Cairo
Africa/Lagos Africa/Nairobi Africa/Johannesburg Europe/London Europe/Dublin Europe/Lisbon Europe/Paris
Europe/Berlin Europe/Zurich Europe/Warsaw Europe/Athens Europe/Chisinau Europe/Istanbul Europe/Moscow
Asia/Jerusalem Asia/Beirut Asia/Tehran Asia/Dubai Asia/Kabul Asia/Karachi Asia/Kolkata Asia/Kathmandu
Asia/Dhaka Asia/Yangon Asia/Bangkok Asia/Shanghai Asia/Tokyo Asia/Seoul Australia/Perth
Australia/Adelaide Australia/Sydney Australia/Lord_Howe Pacific/Auckland Pacific/Chatham
Pacific/Kiritimati Pacific/Honolulu`.split(/\s+/);

const firstAsked = parseInstant('2026-11-24T17:00:00Z');
const minutesAsked = 180 * 24 * 60;

/** Clients spread over all zones, a third of them with a freeze of their own, each asked at some minute. */
export function openingQuestions(clients: number, dice: Dice): readonly OpeningQuestion[] {
  const shared = [layerFrom('vendor', vendorCalendar), layerFrom('policy', policyCalendar)];
  return Array.from({ length: clients }, (_, index) => {
    const zone = zones[index % zones.length]!;
    const at = plusMs(firstAsked, dice.below(minutesAsked) * 60_000);
    const freeze = dice.happens(1 / 3) ? freezeAround(at, dice) : null;
    const own = freeze === null ? [] : [layerFrom('freeze', freezeCalendar(zone, freeze))];
    return { at, zone, freeze, layers: [...shared, ...own] };
  });
}

function freezeAround(at: Instant, dice: Dice): OwnFreeze {
  const day = dayOf(at.slice(0, 10) as LocalDate) + dice.below(21) - 10;
  return { first: dateOf(day), last: dateOf(day + 2 + dice.below(20)) };
}

const vendorCalendar = {
  calendar: 'vendor',
  zone: rule.vendorZone,
  allow: 'always',
  deny: [
    { name: 'Year-end freeze', between: rule.vendorDeny },
    { name: 'Public holidays', on: { holidays: 'ca-on' } },
  ],
  holidays: { 'ca-on': rule.holidays },
};

const policyCalendar = {
  calendar: 'support-days',
  zone: 'client',
  allow: [{ name: 'Evenings', on: { weekdays: rule.weekdays }, from: rule.from, to: rule.to }],
  deny: [{ name: 'Move of the data centre', between: rule.policyDeny }],
};

function freezeCalendar(zone: string, { first, last }: OwnFreeze): object {
  const dayAfter = dateOf(dayOf(last) + 1);
  const between = [`${first}T00:00`, `${dayAfter}T00:00`];
  return { calendar: 'own', zone, allow: 'always', deny: [{ name: 'Own freeze', between }] };
}
