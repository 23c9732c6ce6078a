import type { Agreement, Client, Policy, Vendor } from '../api/types.ts';
import { agreementWords, spanWords, standingOf } from './agreement-words.ts';

/** One thing that has a say on a client's days. */
export interface ClientLayer {
  readonly id: string;
  readonly layer: 'Vendor' | 'Policy' | 'Client' | 'Freeze' | 'Agreement';
  readonly what: string;
  /** The calendar to open; null = there is none. */
  readonly calendar: string | null;
  readonly note: string | null;
}

interface LayerFacts {
  readonly vendor: Pick<Vendor, 'name' | 'calendar'>;
  readonly policies: readonly Pick<Policy, 'name' | 'title' | 'document'>[];
  readonly client: Pick<Client, 'name' | 'calendar'>;
  readonly agreements: readonly Agreement[];
  /** The client's date. */
  readonly today: string;
}

/** All layers of a client, in the order in which they are asked; every one of them must be open. */
export function layersOf(facts: LayerFacts): readonly ClientLayer[] {
  const { vendor, policies, client, agreements, today } = facts;
  const inForce = agreements.filter((each) =>
    ['holds', 'coming'].includes(standingOf(each, today)),
  );
  const isReplaced = inForce.some(({ kind }) => kind === 'calendar');
  return [
    {
      id: 'vendor',
      layer: 'Vendor',
      what: vendor.calendar ?? `${vendor.name} has no calendar: any time`,
      calendar: vendor.calendar,
      note: isReplaced ? 'Its allowed days give way to the agreement; what it closes holds' : null,
    },
    ...policies.flatMap((policy) => policyLayer(policy)),
    {
      id: 'client',
      layer: 'Client',
      what: client.calendar ?? `${client.name} has no calendar of its own`,
      calendar: client.calendar,
      note: null,
    },
    ...inForce.filter(({ kind }) => kind === 'freeze').map((each) => agreedLayer('Freeze', each)),
    ...inForce
      .filter(({ kind }) => kind === 'calendar')
      .map((each) => agreedLayer('Agreement', each)),
  ];
}

function policyLayer({ name, title, document }: LayerFacts['policies'][number]): ClientLayer[] {
  const { calendar } = document;
  if (typeof calendar !== 'string') return [];
  const note = `For rollouts under “${title}” only`;
  return [{ id: `policy ${name}`, layer: 'Policy', what: calendar, calendar, note }];
}

function agreedLayer(layer: 'Freeze' | 'Agreement', agreement: Agreement): ClientLayer {
  return {
    id: agreement.id,
    layer,
    what: agreementWords(agreement),
    calendar: null,
    note: [
      ...(layer === 'Agreement' ? [spanWords(agreement)] : []),
      ...(agreement.bindsCritical ? [] : ['does not bind critical hotfixes']),
    ].join(', '),
  };
}
