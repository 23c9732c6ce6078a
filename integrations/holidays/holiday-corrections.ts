/** What the library says wrongly of a place, by whom it is said otherwise. */
export interface HolidayCorrection {
  readonly country: string;
  readonly region: string;
  /** Days of the library that are none here. */
  readonly isNone: readonly string[];
  /** A public holiday on a weekend is made up for on the next working day, which the library leaves out. */
  readonly weekendsAreMadeUpFor: boolean;
  readonly source: string;
}

/** Checked by hand; a place that is not named here is taken from the library as it is. */
export const holidayCorrections: readonly HolidayCorrection[] = [
  {
    country: 'CA',
    region: 'ON',
    isNone: ['Easter Monday'],
    weekendsAreMadeUpFor: true,
    source:
      'Ontario, Your guide to the Employment Standards Act, chapter Public holidays (nine days; substitute holidays)',
  },
];
