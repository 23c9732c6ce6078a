import { describe, expect, it } from '@jest/globals';
import * as tables from '../../../apps/web/src/words/states.ts';
import type { Look } from '../../../apps/web/src/words/look.ts';
import { clientRolloutStates, clientRolloutWords } from '../../../domain/rollout/states.ts';

describe('the words of states', () => {
  it.each(clientRolloutStates)('says %s as the server does', (state) => {
    expect(tables.clientStates[state].words).toBe(clientRolloutWords[state].staff);
  });

  it.each(Object.entries(tables))('%s tells its states apart without colour', (_, table) => {
    const words = Object.values<Look>(table).map(({ words: each }) => each);

    expect(new Set(words).size).toBe(words.length);
  });
});
