import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ClientRolloutState, StateCounts } from '../api/types.ts';
import type { Tone } from '../words/look.ts';
import { clientStates } from '../words/states.ts';
import classes from './state-bar.module.css';

const order: readonly Tone[] = ['good', 'busy', 'calm', 'ask', 'bad', 'off'];

/** How many clients are where, as one bar; the words of it are in its label. */
export function StateBar({ counts }: { readonly counts: StateCounts }): ReactElement {
  const parts = readCounts(counts);
  const words = parts.map(({ words, count }) => `${count} ${words.toLowerCase()}`).join(', ');
  return (
    <div className={classes['bar']} role="img" aria-label={words === '' ? 'No clients' : words}>
      {parts.map(({ state, tone, words: label, count }) => (
        <Tooltip key={state} label={`${label}: ${count}`}>
          {/* The width is data; a stylesheet cannot know it. */}
          <span data-tone={tone} style={{ flexGrow: count }} />
        </Tooltip>
      ))}
    </div>
  );
}

/** The states that occur, from done to given up. */
export function readCounts(
  counts: StateCounts,
): readonly { state: string; tone: Tone; words: string; count: number }[] {
  return Object.entries(clientStates)
    .map(([state, { tone, words }]) => ({
      state: state as ClientRolloutState,
      tone,
      words,
      count: counts[state] ?? 0,
    }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => order.indexOf(one.tone) - order.indexOf(other.tone));
}
