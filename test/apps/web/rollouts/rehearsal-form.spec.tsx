import { describe, expect, it } from '@jest/globals';
import { suppositionsOf } from '../../../../apps/web/src/rollouts/plan/rehearsal-form.tsx';

describe('what a rehearsal supposes', () => {
  it.each([
    [{ seed: 1, failure: '', silence: '' }, { seed: 1 }],
    [{ seed: '', failure: '', silence: '' }, { seed: 1 }],
    [
      { seed: 7, failure: 0, silence: '12.5' },
      { seed: 7, failurePercent: 0, silencePercent: 12.5 },
    ],
  ])('is what was written, and nothing for an empty field: %#', (written, suppositions) => {
    expect(suppositionsOf(written)).toEqual(suppositions);
  });
});
