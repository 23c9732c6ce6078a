/** Says whether a day is picked; days are counted from 1970-01-01. */
export type DayTest = (day: number) => boolean;

const blockDays = 32;
const mostBlocks = 256;

/**
 * The same function of a day, computed once for each: rules are asked about the same days over and over, and
 * selectors that move the dates of others ask for a whole week at each step. What it keeps is bounded to some
 * twenty years, in blocks small enough for thousands of calendars side by side.
 */
export function remembered<T extends boolean | object | null>(
  answerOf: (day: number) => T,
): (day: number) => T {
  const blocks = new Map<number, (T | undefined)[]>();
  return (day) => {
    const number = Math.floor(day / blockDays);
    let block = blocks.get(number);
    if (!block) {
      if (blocks.size >= mostBlocks) blocks.clear();
      block = new Array<T | undefined>(blockDays).fill(undefined);
      blocks.set(number, block);
    }
    const index = day - number * blockDays;
    const known = block[index];
    if (known !== undefined) return known;
    const fresh = answerOf(day);
    block[index] = fresh;
    return fresh;
  };
}
