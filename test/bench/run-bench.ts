import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { BenchRow, MeasurePart } from './part.ts';

/** Each part brings its own engine, so it is loaded only when it is asked for. */
const parts = {
  openings: () => import('./openings.ts'),
  optimum: () => import('./optimum.ts'),
  planning: () => import('./planning.ts'),
  replanning: () => import('./replanning.ts'),
  rollouts: () => import('./rollouts.ts'),
} satisfies Readonly<Record<string, () => Promise<{ readonly measurePart: MeasurePart }>>>;

type PartName = keyof typeof parts;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
  },
});
const options = {
  clients: wholeNumber('clients'),
  rounds: wholeNumber('rounds'),
  seed: wholeNumber('seed'),
};
const names = Object.keys(parts) as PartName[];
const asked = positionals.length === 0 ? names : positionals.map(partNamed);
for (const part of asked) {
  const { measurePart } = await parts[part]();
  const { rows, wrong } = await measurePart(options);
  const load = Number((loadavg()[0] ?? 0).toFixed(1));
  if (values.json) say(JSON.stringify({ part, load, rows, wrong }));
  else sayTable(part, load, [...rows, ...wrong.map((found) => ({ what: 'WRONG', found }))]);
  if (wrong.length > 0) process.exitCode = 1;
}

function partNamed(text: string): PartName {
  const name = names.find((each) => each === text);
  if (name) return name;
  throw new Error(`There is no part "${text}"; the parts are ${names.join(', ')}.`);
}

function wholeNumber(option: 'clients' | 'rounds' | 'seed'): number | null {
  const text = values[option];
  if (text === undefined) return null;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${option} takes a whole number, not "${text}".`);
}

function sayTable(part: string, load: number, rows: readonly BenchRow[]): void {
  say(`\n${part} (load ${load})`);
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, found } of rows) say(`  ${what.padEnd(width)}  ${found}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
