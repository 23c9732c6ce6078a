import { nextOpen } from '../../domain/calendar/open-stretches.ts';
import { instantToLocal, zoneDataVersion } from '../../domain/calendar/zone.ts';
import type { Duration } from '../../domain/duration.ts';
import { epochMsOf, instantOf, parseInstant } from '../../domain/instant.ts';
import { diceOf } from './dice.ts';
import { localMsAt, nextOpenByIntl } from './intl-openings.ts';
import { type OpeningQuestion, openingQuestions, rule, zones } from './opening-questions.ts';
import { type BenchOptions, type PartReport, spread, timed } from './part.ts';

/** The next opening of every client, with the bundled tables against a cached `Intl.DateTimeFormat`. */
export async function measurePart(options: BenchOptions): Promise<PartReport> {
  const clients = options.clients ?? 10_000;
  const dice = diceOf(options.seed ?? 1);
  const differing = zonesThatDiffer();
  const measured = { own: [] as number[], intl: [] as number[], ratios: [] as number[] };
  const differences = { expected: 0, wrong: [] as string[] };
  let first = 0;
  for (let round = 0; round < (options.rounds ?? 5); round += 1) {
    // Every round asks other clients at other times; calendars are read beforehand, formats are cached.
    const questions = openingQuestions(clients, dice);
    const own = timed(() => questions.map(ownAnswer));
    const intl = timed(() => questions.map(nextOpenByIntl));
    measured.own.push(own.ms);
    measured.intl.push(intl.ms);
    measured.ratios.push(intl.ms / own.ms);
    if (round === 0) first = own.ms;
    for (const [index, question] of questions.entries()) {
      if (own.answer[index] === intl.answer[index]) continue;
      if (differing.includes(question.zone)) differences.expected += 1;
      else differences.wrong.push(told(question, own.answer[index], intl.answer[index]));
    }
  }
  const rows = [
    { what: `ms for ${clients} clients in ${zones.length} zones`, found: spread(measured.own, 1) },
    { what: 'the first round, nothing cached yet', found: first.toFixed(1) },
    { what: 'ms with Intl.DateTimeFormat', found: spread(measured.intl, 1) },
    { what: 'ratio (target 10)', found: spread(measured.ratios, 1) },
    {
      what: `zones where this runtime (${process.versions['tz'] ?? 'unknown'}) is not ${zoneDataVersion}`,
      found:
        differing.length === 0
          ? 'none'
          : `${differing.join(', ')}: ${differences.expected} answers differ`,
    },
    { what: 'answers that differ elsewhere', found: String(differences.wrong.length) },
  ];
  return Promise.resolve({ rows, wrong: differences.wrong.slice(0, 10) });
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
