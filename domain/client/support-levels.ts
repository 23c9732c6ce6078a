import type { Locale } from '../communication/locales.ts';

/** What support a client has, in the words its people read. */
export interface SupportLevel {
  readonly name: string;
  readonly title: string;
  /** Completes "Reach us by …". */
  readonly channels: Readonly<Record<Locale, string>>;
  readonly hours: Readonly<Record<Locale, string>>;
}

/** The zone in which the hours of support are meant. */
export const vendorZone = 'America/Toronto';

const weekdays = {
  en: 'Monday to Friday, 9:00 to 17:00, Eastern Time (Toronto)',
  fr: 'Du lundi au vendredi, de 9 h à 17 h, heure de l’Est (Toronto)',
};

/** The levels every installation starts with. */
export const supportLevels: readonly SupportLevel[] = [
  {
    name: 'premium',
    title: 'Premium',
    channels: { en: 'phone, e-mail or chat', fr: 'téléphone, courriel ou clavardage' },
    hours: weekdays,
  },
  {
    name: 'standard-plus',
    title: 'Standard Plus',
    channels: { en: 'e-mail or chat', fr: 'courriel ou clavardage' },
    hours: weekdays,
  },
  {
    name: 'standard',
    title: 'Standard',
    channels: { en: 'e-mail', fr: 'courriel' },
    hours: weekdays,
  },
];

/** The level of that name; one that is not known, or not set, gets what every client has. */
export function supportLevelNamed(name: string | null): SupportLevel {
  const fallback = supportLevels.find((level) => level.name === 'standard');
  const found = supportLevels.find((level) => level.name === name) ?? fallback;
  if (!found) throw new RangeError('There is no support level to fall back on');
  return found;
}
