import { nextOpen } from '../../domain/calendar/open-stretches.ts';
import { instantToLocal, zoneDataVersion } from '../../domain/calendar/zone.ts';
import type { Duration } from '../../domain/duration.ts';
import { epochMsOf, instantOf, parseInstant } from '../../domain/instant.ts';
import { diceOf } from './dice.ts';
import { localMsAt, nextOpenByIntl } from './intl-openings.ts';
import { type OpeningQuestion, openingQuestions, rule, zones } from './opening-questions.ts';
import { type BenchOptions, type PartReport, spread, timed } from './part.ts';

/** The next opening of every client, with the bundled tables against a cached `Intl.DateTimeFormat`. */
export function measurePart(options: BenchOptions): Promise<PartReport> {
  const clients = options.clients ?? 10_000;
  const dice = diceOf(options.seed ?? 1);
  const differing = zonesThatDiffer();
  // Every round asks other clients at other times; calendars are read beforehand, formats are cached.
  const rounds = Array.from({ length: options.rounds ?? 5 }, () =>
    askBoth(openingQuestions(clients, dice), differing),
  );
  const wrong = rounds.flatMap((round) => round.wrong);
  const expected = rounds.reduce((sum, round) => sum + round.expected, 0);
  const own = rounds.map(({ ownMs }) => ownMs);
  const intl = rounds.map(({ intlMs }) => intlMs);
  const asked = clients * rounds.length;
  const rows = [
    { what: `ms for ${clients} clients in ${zones.length} zones`, found: spread(own, 1) },
    { what: 'of them the first round, nothing cached', found: (own[0] ?? 0).toFixed(1) },
    { what: 'ms with Intl.DateTimeFormat', found: spread(intl, 1) },
    { what: 'ratio (target 10)', found: spread(rounds.map(ratioOf), 1) },
    {
      what: `zones where this runtime (${process.versions['tz'] ?? 'unknown'}) is not ${zoneDataVersion}`,
      found: `${differing.join(', ') || 'none'}; there ${expected} of ${asked} answers differ`,
    },
    { what: 'answers that differ elsewhere', found: String(wrong.length) },
  ];
  return Promise.resolve({ rows, wrong: wrong.slice(0, 10) });
}

interface AskedBoth {
  readonly ownMs: number;
  readonly intlMs: number;
  /** Answers that differ where the runtime's zone data do. */
  readonly expected: number;
  readonly wrong: readonly string[];
}

function askBoth(questions: readonly OpeningQuestion[], differing: readonly string[]): AskedBoth {
  const own = timed(() => questions.map(ownAnswer));
  const intl = timed(() => questions.map(nextOpenByIntl));
  const unequal = questions.flatMap((question, index) => {
    const [ours, theirs] = [own.answer[index], intl.answer[index]];
    return ours === theirs ? [] : [{ question, ours, theirs }];
  });
  const wrong = unequal.filter(({ question }) => !differing.includes(question.zone));
  return {
    ownMs: own.ms,
    intlMs: intl.ms,
    expected: unequal.length - wrong.length,
    wrong: wrong.map(({ question, ours, theirs }) => told(question, ours, theirs)),
  };
}

function ratioOf({ ownMs, intlMs }: AskedBoth): number {
  return intlMs / ownMs;
}

function ownAnswer({ layers, at, zone }: OpeningQuestion): number | undefined {
  const opens = nextOpen(layers, at, {
    clientZone: zone,
    worstCase: rule.worstCase as Duration,
  });
  return opens === undefined ? undefined : epochMsOf(opens);
}

const comparedFrom = epochMsOf(parseInstant('2026-11-01T00:00:00Z'));
const comparedUntil = epochMsOf(parseInstant('2029-06-01T00:00:00Z'));

/** Zones in which the runtime's clocks are not those of the bundled data at some time that answers reach. */
function zonesThatDiffer(): readonly string[] {
  return zones.filter((zone) => {
    for (let at = comparedFrom; at < comparedUntil; at += 6 * 3_600_000) {
      const ours = Date.parse(`${instantToLocal(zone, instantOf(at)).local}Z`);
      if (ours !== localMsAt(zone, at)) return true;
    }
    return false;
  });
}

function told({ zone, at }: OpeningQuestion, own: number | undefined, intl: number | undefined) {
  const text = (ms: number | undefined): string => (ms === undefined ? 'never' : instantOf(ms));
  return `${zone} from ${at}: ${text(own)}, but ${text(intl)} by Intl`;
}
