import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import '../support/quiet-temporal.ts';
import { workflowBundle } from '../support/workflow-bundle.ts';
import { waitingStates } from './waiting-states.ts';

jest.setTimeout(120_000);

const histories = join(import.meta.dirname, 'histories');
const files = readdirSync(histories).filter((file) => file.endsWith('.json'));

it('has a history of every state in which a loop may wait', () => {
  const recorded = files.map((file) => file.replace(/\.json$/, ''));

  expect(recorded).toEqual(expect.arrayContaining(Object.keys(waitingStates)));
});

it.each(files)('goes on from %s with the present workflow code', async (file) => {
  await expect(replay(read(file))).resolves.toBeUndefined();
});

it('does not go on from a history that the present code would not have written', async () => {
  const other = read('client-is-asked.json').replaceAll('"verifyPreview"', '"paintPreview"');

  await expect(replay(other)).rejects.toThrow(DeterminismViolationError);
});

function read(file: string): string {
  return readFileSync(join(histories, file), 'utf8');
}

async function replay(history: string): Promise<void> {
  const options = { workflowBundle: await workflowBundle() };
  await Worker.runReplayHistory(options, JSON.parse(history));
}
