import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { clearTestRun } from '../support/clear-test-run.mjs';
import '../support/quiet-temporal.ts';
import { testRunDirectory } from '../support/test-run.ts';
import { measureBare } from './bare.ts';
import { openProduct, type Product } from './product.ts';
import { type RoundResult, runRound } from './round.ts';
import { openTwin } from './twin.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '5' },
  },
});
const clients = Number(values.clients);
const rounds = Number(values.rounds);

const products: (RoundResult & { readonly statements: number })[] = [];
const twins: RoundResult[] = [];
for (let round = 1; round <= rounds; round += 1) {
  twins.push(await runRound((engine) => Promise.resolve(openTwin(engine, clients))));
  let product: Product | null = null;
  const result = await runRound(async (engine) => (product = await openProduct(engine, clients)));
  const opened = product as Product | null;
  products.push({ ...result, statements: (opened?.statements() ?? 0) / clients });
  await opened?.close();
  say(
    `round ${round}: ${rate(products.at(-1))} of ${rate(twins.at(-1))} clients/s, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
  );
}
const bare = await measureBare(clients);
await clearTestRun(testRunDirectory());

const ratios = products.map(
  (each, index) => each.clientsPerSecond / (twins[index]?.clientsPerSecond ?? 1),
);
say(`client rollouts per second   ${spread(products.map((each) => each.clientsPerSecond))}`);
say(`the twin's                   ${spread(twins.map((each) => each.clientsPerSecond))}`);
say(`ratio (target 0.6)           ${spread(ratios)}`);
say(
  `events per client (at most 48) ${spread(products.map((each) => each.events))}; twin ${spread(twins.map((each) => each.events))}`,
);
say(
  `transitions per client       ${spread(products.map((each) => each.transitions))}; twin ${spread(twins.map((each) => each.transitions))}`,
);
say(`SQL statements per client    ${spread(products.map((each) => each.statements))}`);

say(
  `for orientation, per second   ${bare.noOpWorkflow.toFixed(1)} workflows that do nothing, ${bare.oneActivityWorkflow.toFixed(1)} with one activity`,
);

function spread(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `${median.toFixed(2)} (${(sorted[0] ?? 0).toFixed(2)} to ${(sorted.at(-1) ?? 0).toFixed(2)})`;
}

function rate(result: RoundResult | undefined): string {
  return (result?.clientsPerSecond ?? 0).toFixed(1);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
