import type { CalendarLayer } from '../../calendar/calendar-layer.ts';
import type { Calendar, CalendarRule, Coverage } from '../../calendar/calendar-document.ts';

/** The layers of a client with one rule relaxed, and what was relaxed. */
export interface RelaxedLayers {
  readonly layers: readonly CalendarLayer[];
  /** `Year-end freeze (vendor)`. */
  readonly what: string;
}

/** Each freeze of the client's own, lifted alone: a freeze layer's rules, or a span its calendar denies. */
export function withoutOwnFreeze(layers: readonly CalendarLayer[]): readonly RelaxedLayers[] {
  return withoutEach(layers, isOwnFreeze);
}

/** Each other deny rule, left out alone; then the allow rules of each layer. */
export function withoutRule(layers: readonly CalendarLayer[]): readonly RelaxedLayers[] {
  const denials = withoutEach(layers, (rule, layer) => !isOwnFreeze(rule, layer));
  const allowances = layers.flatMap((each, index) =>
    each.calendar.allow === 'always'
      ? []
      : [
          {
            layers: replaced(layers, index, { ...each.calendar, allow: 'always' }),
            what: `the allowed times (${each.layer})`,
          },
        ],
  );
  return [...denials, ...allowances];
}

/** Each staffing need lowered by one person. */
export function withFewerPeople(layers: readonly CalendarLayer[]): readonly RelaxedLayers[] {
  return layers.flatMap(({ calendar }, index) => {
    const { coverage } = calendar;
    if (coverage === null) return [];
    return lowered(coverage).map(({ what, coverage: fewer }) => ({
      layers: replaced(layers, index, { ...calendar, coverage: fewer }),
      what,
    }));
  });
}

function withoutEach(
  layers: readonly CalendarLayer[],
  isMeant: (rule: CalendarRule, layer: string) => boolean,
): readonly RelaxedLayers[] {
  return layers.flatMap((each, index) =>
    each.calendar.deny
      .filter((rule) => isMeant(rule, each.layer))
      .map((rule) => {
        const deny = each.calendar.deny.filter((other) => other !== rule);
        return {
          layers: replaced(layers, index, { ...each.calendar, deny }),
          what: `${rule.name} (${each.layer})`,
        };
      }),
  );
}

function isOwnFreeze({ when }: CalendarRule, layer: string): boolean {
  return layer === 'freeze' || (layer === 'client' && when.kind === 'span');
}

function replaced(
  layers: readonly CalendarLayer[],
  index: number,
  calendar: Calendar,
): readonly CalendarLayer[] {
  return layers.map((each, at) => (at === index ? { ...each, calendar } : each));
}

function lowered(
  coverage: Coverage,
): readonly { readonly what: string; readonly coverage: Coverage }[] {
  const { during, aftercare } = coverage;
  const words = (team: string, people: number): string =>
    `${people - 1} of ${team} instead of ${people}`;
  const fewer = (needs: Coverage['during'], index: number): Coverage['during'] =>
    needs.map((need, at) => (at === index ? { ...need, people: need.people - 1 } : need));
  return [
    ...during.map(({ team, people }, index) => ({
      what: `${words(team, people)} there`,
      coverage: { ...coverage, during: fewer(during, index) },
    })),
    ...(aftercare?.needs ?? []).map(({ team, people }, index) => ({
      what: `${words(team, people)} in the hours after`,
      coverage: {
        ...coverage,
        aftercare: aftercare && { ...aftercare, needs: fewer(aftercare.needs, index) },
      },
    })),
  ];
}
