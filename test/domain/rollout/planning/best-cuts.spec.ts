import { bestCuts } from '../../../../domain/rollout/planning/best-cuts.ts';
import { type Known, loose, minuteOf, pinned, told, world } from './minute-world.ts';

/** After which minute each cohort is best cut short, if so many clients have a date then. */
function cuts(clients: Readonly<Record<string, Known>>, enough = 1): readonly number[] | undefined {
  return bestCuts(world(clients), enough)?.map(minuteOf);
}

const rest = { cohort: 1 };

it('cuts a cohort short where those who wait for it are more', () => {
  // Whoever starts at 10 is observed until 40, whoever starts at 100 until 130.
  expect(cuts({ ash: [[10]], birch: [[100]], cedar: [[40], rest], dogwood: [[50], rest] })).toEqual(
    [10, Infinity, Infinity],
  );
});

describe('a date that the cohort has already', () => {
  const waiting = { cedar: [[40], rest], dogwood: [[50], rest] } as const;

  it.each([
    ['told', told(100)],
    ['not told to anybody', loose(100)],
  ])('keeps the others waiting, cut or not: %s', (_, date) => {
    expect(cuts({ ash: [[10]], birch: [[100], date], ...waiting }, 2)).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
    // Nobody but ash and birch can have a date then.
    expect(cuts({ ash: [[10]], birch: [[100], date], ...waiting }, 3)).toBeUndefined();
  });

  it('keeps nobody waiting where its client chose it beyond all others', () => {
    expect(cuts({ ash: [[10]], birch: [[100], pinned(100)], ...waiting }, 4)).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
  });

  it('counts as a date and leaves its place to nobody else', () => {
    expect(cuts({ ash: [[10], told(10)], birch: [[10, 20]] }, 2)).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
    expect(cuts({ ash: [[10], told(10)], birch: [[10]] }, 2)).toBeUndefined();
  });

  it('goes where its turn has not come by then', () => {
    const late = { ash: [[10]], birch: [[20, 90], { cohort: 1, ...loose(20) }] } as const;

    expect(cuts(late, 2)).toEqual([Infinity, Infinity, Infinity]);
  });
});
