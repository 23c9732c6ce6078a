import type { components } from '../generated/api.ts';

type Effect = components['schemas']['Effect'];

/** Whom an edit would move, one line per client, and the sentence that sums it up. */
export function describeEffect({ rollouts, summary }: Effect): string {
  const lines = rollouts.flatMap(({ rolloutName, moves, unplaced }) => [
    rolloutName,
    ...moves.map(
      ({ key, fromLocal, toLocal, reason, toldAgain }) =>
        `  ${key}: ${timeOf(fromLocal)} → ${timeOf(toLocal)} (${reason})${toldAgain ? ', told again' : ''}`,
    ),
    ...unplaced.map(
      ({ key, reasons, relaxation }) =>
        `  ${key}: no date: ${reasons.join('; ')}${relaxation === null ? '' : `; ${relaxation}`}`,
    ),
  ]);
  return [...lines, summary].join('\n');
}

/** Whether anybody would notice. */
export function movesSomebody({ moved, unplaced }: Effect): boolean {
  return moved + unplaced > 0;
}

function timeOf(local: string | null): string {
  return local === null ? 'no date' : local.slice(0, 16).replace('T', ' ');
}
