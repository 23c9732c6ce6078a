import { Client, Connection } from '@temporalio/client';
import { temporalServer, timeSkippingEnvironment } from './temporal.ts';

it('gives each caller a namespace of its own on a real server', async () => {
  const [first, second] = await Promise.all([temporalServer(), temporalServer()]);
  const connection = await Connection.connect({ address: first.address });
  const start = { taskQueue: 'nobody', workflowId: 'the-same-id' };

  await new Client({ connection, namespace: first.namespace }).workflow.start('any', start);
  await new Client({ connection, namespace: second.namespace }).workflow.start('any', start);
  await connection.close();

  expect(second.address).toBe(first.address);
  expect(second.namespace).not.toBe(first.namespace);
}, 120_000);

it('skips weeks in an environment of its own', async () => {
  const environment = await timeSkippingEnvironment();
  const before = await environment.currentTimeMs();

  await environment.sleep('28 days');
  const after = await environment.currentTimeMs();
  await environment.teardown();

  expect(after - before).toBeGreaterThanOrEqual(28 * 86_400_000);
}, 120_000);
