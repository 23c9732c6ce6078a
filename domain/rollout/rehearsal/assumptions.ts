import { durationMs } from '../../duration.ts';
import type { Policy } from '../policy.ts';

/** What a rehearsal supposes about the world. Times are lists of milliseconds from which one is drawn. */
export interface Assumptions {
  /** From the order to the verified preview site. */
  readonly previewMs: readonly number[];
  /** From the start of production to its verification. */
  readonly productionMs: readonly number[];
  /** From the question to the answer of a client that does answer. */
  readonly answerMs: readonly number[];
  /** Of a hundred clients asked, how many never answer, and how many of the others decline. */
  readonly silencePercent: number;
  readonly declinePercent: number;
  /** Of a hundred deployments, how many fail. */
  readonly failurePercent: number;
  /** Until a person has mended a failure, gone on after a pause, decided, or reached a silent client. */
  readonly personMs: number;
  /** From writing a mail to its acceptance. */
  readonly mailMs: number;
  /** For people: what each figure stands on. */
  readonly sources: readonly string[];
}

/** What the vendor's own past says; empty lists and null where there is none. */
export interface RolloutHistory {
  readonly previewMs: readonly number[];
  readonly productionMs: readonly number[];
  readonly answerMs: readonly number[];
  /** Questions that are decided, and how many of them nobody answered or somebody declined. */
  readonly rounds: { readonly decided: number; readonly silent: number; readonly declined: number };
  readonly deployments: { readonly ended: number; readonly failed: number };
}

/** What somebody wants to suppose instead; each field replaces what history or the defaults say. */
export interface AssumptionChoices {
  readonly silencePercent?: number;
  readonly failurePercent?: number;
}

/** Fewer observations than this say too little; then a default stands. */
const enough = 5;
const hourMs = 3_600_000;
/** Answers arrive from within the hour to four working days; most in the first day. */
const usualAnswers = [1, 2, 3, 4, 6, 20, 24, 26, 48, 96].map((hours) => hours * hourMs);

/** What to suppose: somebody's choice first, then the vendor's own history, then a default that says so. */
export function assumptionsFrom(
  policy: Policy,
  history: RolloutHistory,
  choices: AssumptionChoices = {},
): Assumptions {
  const worstCaseMs = durationMs(policy.worstCase);
  const allowanceMs = durationMs(policy.previewAllowance);
  const { rounds, deployments } = history;
  const preview = times('a preview takes', history.previewMs, [allowanceMs / 2, allowanceMs]);
  const production = times('production takes', history.productionMs, [
    worstCaseMs / 3,
    worstCaseMs / 2,
    worstCaseMs,
  ]);
  const answer = times('an answer takes', history.answerMs, usualAnswers);
  const silence = percent('clients who never answer', choices.silencePercent, {
    of: rounds.decided,
    met: rounds.silent,
    usual: 10,
  });
  const answered = { of: rounds.decided - rounds.silent, met: rounds.declined, usual: 2 };
  const decline = percent('answers that decline', undefined, answered);
  const failure = percent('deployments that fail', choices.failurePercent, {
    of: deployments.ended,
    met: deployments.failed,
    usual: 2,
  });
  return {
    previewMs: preview.values,
    productionMs: production.values,
    answerMs: answer.values,
    silencePercent: silence.value,
    declinePercent: decline.value,
    failurePercent: failure.value,
    personMs: 4 * hourMs,
    mailMs: 5_000,
    sources: [
      ...[preview, production, answer, silence, decline, failure].map(({ source }) => source),
      'a person mends, resumes or decides within 4 h (assumed)',
      'the build is announced and has passed QA when the first preview is due (assumed)',
    ],
  };
}

function times(what: string, observed: readonly number[], usual: readonly number[]) {
  const isKnown = observed.length >= enough;
  const values = (isKnown ? observed : usual).map((ms) => Math.max(1_000, Math.round(ms)));
  const sorted = [...values].sort((a, b) => a - b);
  const middle = inWords(sorted[Math.floor(sorted.length / 2)] ?? 0);
  const stands = isKnown ? `from ${observed.length} of your own` : 'assumed';
  return { values, source: `${what} ${middle} in the middle (${stands})` };
}

function percent(
  what: string,
  chosen: number | undefined,
  seen: { readonly of: number; readonly met: number; readonly usual: number },
) {
  if (chosen !== undefined) return { value: chosen, source: `${what}: ${chosen} % (as chosen)` };
  if (seen.of < enough) return { value: seen.usual, source: `${what}: ${seen.usual} % (assumed)` };
  const value = Math.round((1000 * seen.met) / seen.of) / 10;
  return { value, source: `${what}: ${value} % (${seen.met} of ${seen.of} of your own)` };
}

function inWords(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 2 * hourMs) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / hourMs)} h`;
}
