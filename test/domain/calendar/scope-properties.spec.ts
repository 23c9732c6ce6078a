import fc from 'fast-check';
import type {
  CalendarDocument,
  CalendarRuleDocument,
} from '../../../domain/calendar/calendar-document.ts';
import { judgeSchedule } from '../../../domain/calendar/judge-schedule.ts';
import { weekdays } from '../../../domain/calendar/local-time.ts';
import { openStretches } from '../../../domain/calendar/open-stretches.ts';
import { epochMsOf, instantOf } from '../../../domain/instant.ts';
import { closedBy, stepMs, tryCalendar } from './brute-force.ts';
import { aLayer } from './reading.ts';

const dayMs = 86_400_000;
const range = { start: Date.UTC(2027, 3, 2), end: Date.UTC(2027, 3, 6) };

const rule: fc.Arbitrary<CalendarRuleDocument> = fc.record(
  {
    on: fc.record({ weekdays: fc.subarray([...weekdays], { minLength: 3 }) }),
    from: fc.constantFrom('00:00', '09:15', '20:00'),
    to: fc.constantFrom('02:00', '12:30', '23:45'),
    kinds: fc.subarray(['hotfix', 'release'], { minLength: 1 }),
    tags: fc.subarray(['big', 'pilot'], { minLength: 1 }),
  },
  { requiredKeys: ['on', 'from', 'to'] },
);
const names = ['vendor', 'policy', 'client', 'freeze'] as const;
const document = fc.record({
  zone: fc.constantFrom('client', 'client', 'America/Toronto', '-03:30'),
  allow: fc.oneof(fc.array(rule, { minLength: 1, maxLength: 3 }), fc.constant('always' as const)),
  deny: fc.array(rule, { maxLength: 2 }),
});
const sample = fc.record({
  documents: fc.tuple(document, document, document, document),
  agreement: fc.option(document),
  scope: fc.record(
    {
      kind: fc.constantFrom('hotfix', 'release', 'upgrade'),
      tags: fc.subarray(['big', 'pilot', 'other']),
    },
    { requiredKeys: [] },
  ),
  clientZone: fc.constantFrom('Australia/Lord_Howe', 'Asia/Kathmandu', 'America/Santiago'),
  at: fc.integer({ min: 0, max: (4 * dayMs) / stepMs }).map((n) => range.start + n * stepMs),
});

type Sample = typeof sample extends fc.Arbitrary<infer Value> ? Value : never;

/** Each layer's name and the calendar that is left of it for this client and change. */
function left({ documents, agreement, scope, clientZone }: Sample) {
  const speaks = ({ kinds, tags }: CalendarRuleDocument): boolean => {
    if (kinds && scope.kind !== undefined && !kinds.some((kind) => kind === scope.kind)) {
      return false;
    }
    return !tags?.some((tag) => scope.tags?.some((own) => own === tag) !== true);
  };
  const named = (rules: readonly CalendarRuleDocument[], list: string) =>
    rules.map((each, index) => ({ name: `${list}[${index}]`, ...each })).filter(speaks);
  const narrowed = (layer: string, { zone, allow, deny }: (typeof documents)[0]) => {
    const isReplaced = agreement !== null && (layer === 'vendor' || layer === 'policy');
    const calendar: CalendarDocument = {
      zone: zone === 'client' ? clientZone : zone,
      allow: isReplaced || allow === 'always' ? 'always' : named(allow, 'allow'),
      deny: named(deny, 'deny'),
    };
    return { layer, tried: tryCalendar(calendar, range) };
  };
  return [
    ...names.map((layer, index) => narrowed(layer, documents[index] ?? documents[0])),
    ...(agreement ? [narrowed('agreement', agreement)] : []),
  ];
}

function layersOf({ documents, agreement }: Sample) {
  return [
    ...names.map((layer, index) => aLayer(documents[index], layer)),
    ...(agreement ? [{ ...aLayer(agreement, 'agreement'), replacesAllow: true as const }] : []),
  ];
}

describe('layers of one client against trying every quarter of an hour', () => {
  it('name every rule that speaks of the change and the client, and of the vendor only denials under an agreement', () => {
    fc.assert(
      fc.property(sample, (each) => {
        const expected = left(each).flatMap(({ layer, tried }) =>
          closedBy(tried, each.at).map((name) => `${layer}: ${name}`),
        );

        const { reasons } = judgeSchedule(layersOf(each), instantOf(each.at), {
          ...each.scope,
          clientZone: each.clientZone,
        });

        expect(reasons.map((reason) => `${reason.layer}: ${reason.rule}`)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it('are open together exactly when each of them is', () => {
    fc.assert(
      fc.property(sample, (each) => {
        const parts = left(each);
        const scope = { ...each.scope, clientZone: each.clientZone };
        const stretch = { start: instantOf(range.start), end: instantOf(range.end) };

        const found = openStretches(layersOf(each), stretch, scope);

        const open: number[] = [];
        const wanted: number[] = [];
        for (let at = range.start; at < range.end; at += stepMs) {
          if (parts.every(({ tried }) => closedBy(tried, at).length === 0)) wanted.push(at);
          const isWithin = found.some(
            ({ start, end }) => epochMsOf(start) <= at && at < epochMsOf(end),
          );
          if (isWithin) open.push(at);
        }
        expect(open).toEqual(wanted);
      }),
      { numRuns: 80 },
    );
  });
});
