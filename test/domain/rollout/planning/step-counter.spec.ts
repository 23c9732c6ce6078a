import fc from 'fast-check';
import { lastUpTo, stepCounter } from '../../../../domain/rollout/planning/step-counter.ts';

const anyUse = fc.record({
  start: fc.integer({ min: 0, max: 30 }),
  length: fc.integer({ min: 1, max: 10 }),
  by: fc.constantFrom(1, 1, 1, -1),
});

it('counts like somebody who asks at every moment', () => {
  fc.assert(
    fc.property(
      fc.array(anyUse, { maxLength: 20 }),
      fc.array(anyUse, { maxLength: 5 }),
      (uses, asked) => {
        const counter = stepCounter();
        for (const { start, length, by } of uses) counter.add(start, start + length, by);
        const at = (moment: number): number =>
          uses
            .filter(({ start, length }) => start <= moment && moment < start + length)
            .reduce((sum, { by }) => sum + by, 0);

        for (const { start, length } of asked) {
          const moments = Array.from({ length }, (_, index) => at(start + index));
          expect(counter.mostIn(start, start + length)).toBe(Math.max(...moments));
        }
      },
    ),
  );
});

it('names the next moment at which anything changes', () => {
  const counter = stepCounter();
  counter.add(10, 20, 1);

  expect([-5, 9, 10, 19, 20].map((after) => counter.nextChange(after))).toEqual([
    10,
    10,
    20,
    20,
    Infinity,
  ]);
});

it('goes its own way once it is copied', () => {
  const counter = stepCounter();
  counter.add(0, 10, 2);
  const copy = counter.copy();
  copy.add(5, 6, 1);

  expect(counter.mostIn(0, 10)).toBe(2);
  expect(copy.mostIn(0, 10)).toBe(3);
});

it.each([
  [-1, -1],
  [0, 0],
  [4, 1],
  [5, 3],
  [99, 3],
])('finds the last of 0, 3, 5, 5 that is at most %s', (limit, index) => {
  expect(lastUpTo([0, 3, 5, 5], limit)).toBe(index);
});
