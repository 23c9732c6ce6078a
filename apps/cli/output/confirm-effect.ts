import type { Cli } from '../cli.ts';
import { CliFailure } from '../cli-failure.ts';
import type { components } from '../generated/api.ts';
import { describeEffect, movesSomebody } from './effect.ts';

/**
 * Shows whom an edit would move, and asks a person before it moves anybody.
 * @throws CliFailure when nobody says yes.
 */
export async function confirmEffect(
  cli: Cli,
  effect: components['schemas']['Effect'],
  asked: { readonly question: string; readonly yes?: boolean; readonly json?: boolean },
): Promise<void> {
  if (!asked.json) cli.tell(`${describeEffect(effect)}\n`);
  if (!movesSomebody(effect) || asked.yes || (await cli.confirm(asked.question))) return;
  throw new CliFailure('refused', `Nothing was changed. ${effect.summary} Say --yes to go on.`);
}
