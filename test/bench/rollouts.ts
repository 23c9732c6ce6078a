import { loadavg } from 'node:os';
import { clearTestRun } from '../support/clear-test-run.mjs';
import '../support/quiet-temporal.ts';
import { testRunDirectory } from '../support/test-run.ts';
import { measureBare } from './bare.ts';
import { type BenchOptions, type PartReport, sayProgress, spread } from './part.ts';
import { openProduct, type Product } from './product.ts';
import { type RoundResult, runRound } from './round.ts';
import { openTwin } from './twin.ts';

type ProductResult = RoundResult & { readonly statements: number };

/** The engine on a real Postgres and Temporal against the same loops with acts that do nothing. */
export async function measurePart(options: BenchOptions): Promise<PartReport> {
  const clients = options.clients ?? 500;
  const rounds = options.rounds ?? 5;
  const products: ProductResult[] = [];
  const twins: RoundResult[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const twin = await runRound((engine) => Promise.resolve(openTwin(engine, clients)));
    const product = await productRound(clients);
    twins.push(twin);
    products.push(product);
    sayProgress(
      `round ${round}: ${rate(product)} of ${rate(twin)} clients/s, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    );
  }
  const bare = await measureBare(clients);
  await clearTestRun(testRunDirectory());
  const ratios = products.map(
    (each, index) => each.clientsPerSecond / (twins[index]?.clientsPerSecond ?? 1),
  );
  const rows = [
    {
      what: 'client rollouts per second',
      found: spread(products.map((each) => each.clientsPerSecond)),
    },
    { what: 'the twin per second', found: spread(twins.map((each) => each.clientsPerSecond)) },
    { what: 'ratio (target 0.6)', found: spread(ratios) },
    {
      what: 'events per client (at most 48)',
      found: `${spread(products.map((each) => each.events))}; twin ${spread(twins.map((each) => each.events))}`,
    },
    {
      what: 'transitions per client',
      found: `${spread(products.map((each) => each.transitions))}; twin ${spread(twins.map((each) => each.transitions))}`,
    },
    { what: 'SQL statements per client', found: spread(products.map((each) => each.statements)) },
    {
      what: 'for orientation, per second',
      found: `${bare.noOpWorkflow.toFixed(1)} workflows that do nothing, ${bare.oneActivityWorkflow.toFixed(1)} with one activity`,
    },
  ];
  // A round only ends when every client is done, so there is no other answer to compare.
  return { rows, wrong: [] };
}

async function productRound(clients: number): Promise<ProductResult> {
  let product: Product | null = null;
  const result = await runRound(async (engine) => (product = await openProduct(engine, clients)));
  const opened = product as Product | null;
  const statements = (opened?.statements() ?? 0) / clients;
  await opened?.close();
  return { ...result, statements };
}

function rate(result: RoundResult): string {
  return result.clientsPerSecond.toFixed(1);
}
