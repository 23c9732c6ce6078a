import type { ScopedLayer } from './calendar-layer.ts';
import { caredStarts } from './aftercare.ts';
import type { PlacedNeed } from './coverage.ts';

/** The layer of every reason that speaks of who is there. */
export const coverageLayer = 'coverage';

/** The rule named when too little of the time after the work is staffed. */
export const aftercareRule = 'aftercare';

/** Why too few people are there: one reason per team that is short while work may run, and one for the time after it. */
export interface CoverageReason {
  readonly layer: typeof coverageLayer;
  readonly rule: string;
}

/** When work would start, and how long it may take. */
export interface AskedStart {
  readonly at: number;
  readonly worstCaseMs: number;
  /** The start lies less than a millisecond later. */
  readonly beyond?: boolean;
}

/** Every reason for which the layers' coverage closes a start; a team that is short in two layers is named once. */
export function coverageReasons(
  layers: readonly ScopedLayer[],
  asked: AskedStart,
): readonly CoverageReason[] {
  const rules = layers.flatMap((each) => shortRules(each, asked));
  return [...new Set(rules)].map((rule) => ({ layer: coverageLayer, rule }));
}

/** Whether nobody is missing at the instant itself. */
export function isStaffedAt({ coverage }: ScopedLayer, at: number): boolean {
  const start = { at, worstCaseMs: 0 };
  return coverage === null || coverage.during.every((need) => isStaffed(need, start));
}

/** The rule named when a team is short at any instant at which the work may be running. */
export function duringRule(team: string): string {
  return `during: ${team}`;
}

function shortRules({ coverage }: ScopedLayer, asked: AskedStart): readonly string[] {
  if (coverage === null) return [];
  const { at, worstCaseMs, beyond = false } = asked;
  const short = coverage.during
    .filter((need) => !isStaffed(need, asked))
    .map(({ team }) => duringRule(team));
  if (coverage.aftercare === null) return short;
  // along a millisecond the staffed time runs straight, so enough at both ends is enough between them
  const tried = { start: at, end: beyond ? at + 2 : at + 1 };
  const [cared] = caredStarts(coverage.aftercare, worstCaseMs)(tried);
  const isEnough = cared?.start === tried.start && cared.end === tried.end;
  return isEnough ? short : [...short, aftercareRule];
}

function isStaffed(
  { staffed }: PlacedNeed,
  { at, worstCaseMs, beyond = false }: AskedStart,
): boolean {
  const workMs = beyond && worstCaseMs > 0 ? worstCaseMs + 1 : Math.max(worstCaseMs, 1);
  const range = { start: at, end: at + workMs };
  const [stretch] = staffed(range);
  return stretch?.start === range.start && stretch.end === range.end;
}
