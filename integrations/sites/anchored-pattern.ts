import { parsePattern, type PatternNode } from './pattern-syntax.ts';

/** Finds the pattern's first group in a text, or all it matched; null when the text does not match. */
export type PatternMatcher = (text: string) => string | null;

/** The pattern as a program; a pattern is matched by following all ways through it at once. */
type Step =
  | { readonly kind: 'take'; readonly has: (code: number) => boolean }
  | { readonly kind: 'fork'; readonly first: number; readonly second: number }
  | { readonly kind: 'mark'; readonly end: boolean }
  | { readonly kind: 'match' };

/** One way through the pattern, and what it has found of the first group. */
interface Way {
  readonly step: number;
  readonly from: number;
  readonly to: number;
}

const longestPattern = 500;
const mostSteps = 1_000;
/** Characters of a text that a pattern sees. */
const longestText = 64 * 1024;

/**
 * Compiles a pattern that begins with `^`. Its time grows in step with the text, whatever the
 * pattern: both are written by other people.
 * @throws RangeError saying what is not understood.
 */
export function compilePattern(pattern: string): PatternMatcher {
  if (!pattern.startsWith('^')) throw new RangeError('the pattern must begin with ^');
  if (pattern.length > longestPattern) {
    throw new RangeError(`the pattern is longer than ${longestPattern} characters`);
  }
  const toEnd = /(^|[^\\])(\\\\)*\$$/.test(pattern.slice(1));
  const steps = programOf(parsePattern(pattern.slice(1, toEnd ? -1 : undefined)));
  return (text) => run(steps, text.slice(0, longestText), (at) => !toEnd || at === text.length);
}

function programOf(node: PatternNode): readonly Step[] {
  const steps: Step[] = [];
  emit(node, steps);
  steps.push({ kind: 'match' });
  return steps;
}

function emit(node: PatternNode, steps: Step[]): void {
  if (steps.length > mostSteps) throw new RangeError('the pattern repeats too much');
  switch (node.kind) {
    case 'set':
      steps.push({ kind: 'take', has: node.has });
      return;
    case 'sequence':
      for (const part of node.parts) emit(part, steps);
      return;
    case 'choice':
      emitChoice(node.options, steps);
      return;
    case 'group':
      if (node.number === 1) steps.push({ kind: 'mark', end: false });
      emit(node.node, steps);
      if (node.number === 1) steps.push({ kind: 'mark', end: true });
      return;
    case 'repeat':
      emitRepeat(node, steps);
  }
}

function emitChoice(options: readonly PatternNode[], steps: Step[]): void {
  const ends: number[] = [];
  options.forEach((option, index) => {
    if (index === options.length - 1) {
      emit(option, steps);
      return;
    }
    const fork = reserve(steps);
    emit(option, steps);
    ends.push(reserve(steps));
    steps[fork] = { kind: 'fork', first: fork + 1, second: steps.length };
  });
  for (const end of ends) steps[end] = jump(steps.length);
}

function emitRepeat(node: Extract<PatternNode, { kind: 'repeat' }>, steps: Step[]): void {
  for (let count = 0; count < node.min; count++) emit(node.node, steps);
  const forks: number[] = [];
  for (let count = node.min; count < (node.max ?? node.min + 1); count++) {
    forks.push(reserve(steps));
    emit(node.node, steps);
  }
  const [loop] = forks;
  if (node.max === null && loop !== undefined) steps.push(jump(loop));
  for (const fork of forks) {
    const [inside, past] = [fork + 1, steps.length];
    steps[fork] = node.isGreedy
      ? { kind: 'fork', first: inside, second: past }
      : { kind: 'fork', first: past, second: inside };
  }
}

function reserve(steps: Step[]): number {
  return steps.push(jump(0)) - 1;
}

function jump(to: number): Step {
  return { kind: 'fork', first: to, second: to };
}

/** A way that reached the pattern's end, and where in the text. */
interface Arrival {
  readonly way: Way;
  readonly at: number;
}

function run(
  steps: readonly Step[],
  text: string,
  mayEndAt: (at: number) => boolean,
): string | null {
  let ways = follow(steps, [{ step: 0, from: -1, to: -1 }], 0);
  let best: Arrival | null = null;
  for (let at = 0; ways.length > 0; at++) {
    const arrived = ways.findIndex(({ step }) => steps[step]?.kind === 'match' && mayEndAt(at));
    const way = ways[arrived];
    if (way) best = { way, at };
    // Ways are ordered by preference: those behind an arrival can only be worse.
    const preferred = way ? ways.slice(0, arrived) : ways;
    ways = follow(steps, taken(steps, preferred, text, at), at + 1);
  }
  return best && foundBy(best, text);
}

/** The ways that go on past the character at this place. */
function taken(
  steps: readonly Step[],
  ways: readonly Way[],
  text: string,
  at: number,
): readonly Way[] {
  if (at >= text.length) return [];
  const code = text.charCodeAt(at);
  return ways.flatMap((way) => {
    const step = steps[way.step];
    return step?.kind === 'take' && step.has(code) ? [{ ...way, step: way.step + 1 }] : [];
  });
}

function foundBy({ way, at }: Arrival, text: string): string {
  return way.from >= 0 && way.to >= way.from ? text.slice(way.from, way.to) : text.slice(0, at);
}

/** Goes on through forks and marks to the steps that need a character; each step is reached once. */
function follow(steps: readonly Step[], ways: readonly Way[], at: number): readonly Way[] {
  const reached = new Set<number>();
  const result: Way[] = [];
  const open = [...ways].reverse();
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    if (reached.has(way.step)) continue;
    reached.add(way.step);
    const step = steps[way.step];
    if (step?.kind === 'fork') {
      open.push({ ...way, step: step.second }, { ...way, step: step.first });
    } else if (step?.kind === 'mark') {
      open.push({ ...way, step: way.step + 1, ...(step.end ? { to: at } : { from: at }) });
    } else {
      result.push(way);
    }
  }
  return result;
}
