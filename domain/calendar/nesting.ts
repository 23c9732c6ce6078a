/** More levels than any question needs, and few enough to be read and written back without running out of stack. */
export const mostNesting = 1000;

/** Whether a line of JSON nests lists and objects deeper than that. */
export function isNestedTooDeep(line: string): boolean {
  if (line.length <= mostNesting) return false;
  let depth = 0;
  for (let index = 0; index < line.length; index++) {
    const char = line.charAt(index);
    if (char === '"') index = endOfText(line, index);
    depth += steps.get(char) ?? 0;
    if (depth > mostNesting) return true;
  }
  return false;
}

const steps: ReadonlyMap<string, number> = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
]);

/** Where the closing quote of a text stands, which begins with the quote at `start`. */
function endOfText(line: string, start: number): number {
  let index = start + 1;
  while (index < line.length && line.charAt(index) !== '"') {
    index += line.charAt(index) === '\\' ? 2 : 1;
  }
  return index;
}
