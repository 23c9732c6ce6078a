import { root } from './root.mjs';
import { run } from './run.mjs';

const contract = 'docs/openapi.json';
const clients = ['apps/web/src/generated/api.ts', 'apps/cli/generated/api.ts'];

/** Writes the contract from the API's schemas, then the clients of web and CLI from the contract. */
export async function generateClients(node) {
  const steps = [
    ['dist/apps/api/write-openapi.js', contract],
    ...clients.map((client) => [
      'node_modules/openapi-typescript/bin/cli.js',
      contract,
      '--output',
      client,
      '--default-non-nullable=false',
    ]),
  ];
  for (const step of steps) {
    const { code, output } = await run(node, step, { cwd: root, quiet: true });
    if (code === 0) continue;
    process.stderr.write(output);
    return code;
  }
  process.stdout.write(`Wrote ${[contract, ...clients].join(', ')}\n`);
  return 0;
}
