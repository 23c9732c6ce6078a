import type { EffectAnswer } from '../../../../activities/planning/calendar-effect.ts';
import type { Answer } from '../http/answers.ts';
import type { effectView } from './effect.schemas.ts';

/** An effect as it is answered; what could not be saved has none and says why. */
export function effectAnswerOf(
  answer: Exclude<EffectAnswer, { kind: 'no-client' }>,
): Answer<typeof effectView> {
  if (answer.kind === 'effect') return { valid: true, problems: [], ...answer.effect };
  return {
    valid: false,
    problems: answer.problems,
    rollouts: [],
    moved: 0,
    toldAgain: 0,
    unplaced: 0,
    summary: 'It cannot be saved as it is.',
  };
}
