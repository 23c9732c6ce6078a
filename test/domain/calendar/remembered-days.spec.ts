import { describe, expect, it } from '@jest/globals';
import { remembered } from '../../../domain/calendar/remembered-days.ts';

/** A function of days that counts how often it is computed. */
function counted(): { answerOf: (day: number) => boolean; days: number[] } {
  const days: number[] = [];
  return {
    days,
    answerOf: remembered((day) => {
      days.push(day);
      return day % 3 === 0;
    }),
  };
}

describe('a remembered answer', () => {
  it.each([-33, -32, -1, 0, 31, 32, 20_417])('of day %i is computed once', (day) => {
    const { answerOf, days } = counted();

    const answers = [answerOf(day), answerOf(day + 1), answerOf(day)];

    expect(answers).toEqual([day % 3 === 0, (day + 1) % 3 === 0, day % 3 === 0]);
    expect(days).toEqual([day, day + 1]);
  });

  it('is kept for 256 blocks of 32 days, and all are forgotten for one more', () => {
    const { answerOf, days } = counted();
    const all = Array.from({ length: 256 * 32 }, (_, day) => day);

    all.forEach((day) => answerOf(day));
    all.forEach((day) => answerOf(day));
    expect(days).toHaveLength(all.length);

    answerOf(all.length);
    answerOf(0);
    expect(days.slice(all.length)).toEqual([all.length, 0]);
  });
});
