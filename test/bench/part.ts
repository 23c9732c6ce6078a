/** What the caller wishes for; null = the part's own measure. */
export interface BenchOptions {
  readonly clients: number | null;
  readonly rounds: number | null;
  readonly seed: number | null;
}

/** What one part of the benchmark found. */
export interface PartReport {
  readonly rows: readonly BenchRow[];
  /** Where answers differ from the baseline's; any of them fails the run, a slow time never does. */
  readonly wrong: readonly string[];
}

/** One measured thing, and what was found. */
export interface BenchRow {
  readonly what: string;
  readonly found: string;
}

/** One part of the benchmark. */
export type MeasurePart = (options: BenchOptions) => Promise<PartReport>;

/** `median (least to most)`. */
export function spread(numbers: readonly number[], digits = 2): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  return `${medianOf(numbers).toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

/** The middle one; the upper of the two middle ones when their number is even. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** What the work answered, and how many milliseconds it took. */
export function timed<T>(work: () => T): { readonly answer: T; readonly ms: number } {
  const startedAt = performance.now();
  const answer = work();
  return { answer, ms: performance.now() - startedAt };
}

/** Says how far the run is; results go to standard output, this does not. */
export function sayProgress(line: string): void {
  process.stderr.write(`${line}\n`);
}
