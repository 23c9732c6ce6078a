import type { Locale } from './locales.ts';

/** How people call a zone's time; a zone missing here is called after its city. */
interface ZoneFamily {
  readonly en: string;
  readonly fr: string;
  readonly zones: readonly string[];
}

const families: readonly ZoneFamily[] = [
  { en: 'Newfoundland Time', fr: 'heure de Terre-Neuve', zones: ['America/St_Johns'] },
  {
    en: 'Atlantic Time',
    fr: 'heure de l’Atlantique',
    zones: ['America/Halifax', 'America/Moncton', 'America/Glace_Bay', 'America/Goose_Bay'],
  },
  {
    en: 'Eastern Time',
    fr: 'heure de l’Est',
    zones: [
      'America/Toronto',
      'America/Montreal',
      'America/Iqaluit',
      'America/New_York',
      'America/Detroit',
      'America/Atikokan',
    ],
  },
  {
    en: 'Central Time',
    fr: 'heure du Centre',
    zones: ['America/Winnipeg', 'America/Regina', 'America/Chicago', 'America/Rankin_Inlet'],
  },
  {
    en: 'Mountain Time',
    fr: 'heure des Rocheuses',
    zones: ['America/Edmonton', 'America/Denver', 'America/Phoenix', 'America/Boise'],
  },
  { en: 'Mountain Time', fr: 'heure des Rocheuses', zones: ['America/Yellowknife'] },
  {
    en: 'Pacific Time',
    fr: 'heure du Pacifique',
    zones: ['America/Vancouver', 'America/Los_Angeles'],
  },
  { en: 'Yukon Time', fr: 'heure du Yukon', zones: ['America/Whitehorse', 'America/Dawson'] },
  { en: 'UK Time', fr: 'heure du Royaume-Uni', zones: ['Europe/London'] },
  { en: 'Irish Time', fr: 'heure d’Irlande', zones: ['Europe/Dublin'] },
  {
    en: 'Central European Time',
    fr: 'heure d’Europe centrale',
    zones: [
      'Europe/Paris',
      'Europe/Brussels',
      'Europe/Berlin',
      'Europe/Zurich',
      'Europe/Vienna',
      'Europe/Madrid',
      'Europe/Rome',
      'Europe/Amsterdam',
      'Europe/Luxembourg',
      'Europe/Warsaw',
      'Europe/Prague',
      'Europe/Stockholm',
      'Europe/Oslo',
      'Europe/Copenhagen',
    ],
  },
];

const byZone = new Map(families.flatMap((family) => family.zones.map((zone) => [zone, family])));

/** Cities whose last name part in the zone data is not what people write. */
const cities: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'America/St_Johns': { en: 'St. John’s', fr: 'St. John’s' },
  'America/Montreal': { en: 'Montreal', fr: 'Montréal' },
  'Europe/London': { en: 'London', fr: 'Londres' },
  'Europe/Brussels': { en: 'Brussels', fr: 'Bruxelles' },
  'Europe/Vienna': { en: 'Vienna', fr: 'Vienne' },
  'Europe/Warsaw': { en: 'Warsaw', fr: 'Varsovie' },
  'Europe/Copenhagen': { en: 'Copenhagen', fr: 'Copenhague' },
  'Europe/Zurich': { en: 'Zurich', fr: 'Zurich' },
};

/** What people call the time of a zone: "Eastern Time (Toronto)", "heure de l’Est (Toronto)". */
export function zoneName(zone: string, locale: Locale): string {
  if (/^[+-]/.test(zone)) return `UTC${zone.replace('-', '−')}`;
  if (zone === 'UTC' || zone === 'Etc/UTC') return 'UTC';
  const city = cities[zone]?.[locale] ?? lastPart(zone);
  const family = byZone.get(zone);
  if (family) return `${family[locale]} (${city})`;
  return locale === 'fr' ? `heure locale (${city})` : `local time (${city})`;
}

function lastPart(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}
