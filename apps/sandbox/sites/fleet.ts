/** The two installations every client has. */
export const siteKinds = ['preview', 'production'] as const;

/** Which of a client's two installations. */
export type SiteKind = (typeof siteKinds)[number];

/** A client as its own site introduces itself. */
export interface FleetClient {
  readonly key: string;
  readonly name: string;
  readonly city: string;
  readonly locale: 'en' | 'fr';
}

/** The twelve sample clients, in the order of their ports: client i has 4100 + 2i and 4101 + 2i. */
export const sampleFleet: readonly FleetClient[] = [
  { key: 'harbour', name: 'Harbour Parking Authority', city: "St. John's", locale: 'en' },
  { key: 'citadel', name: 'Citadel Parking', city: 'Halifax', locale: 'en' },
  { key: 'lakeshore', name: 'Lakeshore Garages', city: 'Toronto', locale: 'en' },
  { key: 'vieux-port', name: 'Stationnement Vieux-Port', city: 'Montréal', locale: 'fr' },
  { key: 'outaouais', name: 'Stationnements Outaouais', city: 'Gatineau', locale: 'fr' },
  { key: 'exchange', name: 'Exchange District Parkades', city: 'Winnipeg', locale: 'en' },
  { key: 'saint-boniface', name: 'Stationnement Saint-Boniface', city: 'Winnipeg', locale: 'fr' },
  { key: 'river-valley', name: 'River Valley Parking', city: 'Edmonton', locale: 'en' },
  { key: 'bow-river', name: 'Bow River Parkades', city: 'Calgary', locale: 'en' },
  { key: 'false-creek', name: 'False Creek Parking', city: 'Vancouver', locale: 'en' },
  { key: 'southbank', name: 'Southbank Car Parks', city: 'London', locale: 'en' },
  { key: 'rive-gauche', name: 'Parkings Rive Gauche', city: 'Paris', locale: 'fr' },
];

/** A fleet of any size, for tests that need more clients than the sample has. */
export function fleetOf(count: number): readonly FleetClient[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(3, '0');
    return { key: `client-${number}`, name: `Client ${number}`, city: 'Testville', locale: 'en' };
  });
}
