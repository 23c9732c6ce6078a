const form =
  /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Whether the text is a version by SemVer 2.0. */
export function isVersion(text: string): boolean {
  return form.test(text);
}

/**
 * Negative when `a` comes before `b`, by SemVer 2.0 precedence (build metadata does not count).
 * @throws RangeError when either is no version.
 */
export function compareVersions(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (const index of [0, 1, 2] as const) {
    if (left.core[index] !== right.core[index]) return left.core[index] - right.core[index];
  }
  return comparePreReleases(left.preRelease, right.preRelease);
}

function partsOf(text: string): {
  readonly core: readonly [number, number, number];
  readonly preRelease: readonly string[];
} {
  const match = form.exec(text);
  if (!match) throw new RangeError(`"${text}" is no version; write it as 8.3.0 or 8.3.0-rc.1`);
  const [, major, minor, patch, preRelease] = match;
  return {
    core: [Number(major), Number(minor), Number(patch)],
    preRelease: preRelease === undefined ? [] : preRelease.split('.'),
  };
}

/** A release comes after its pre-releases; numbers compare as numbers and before words. */
function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const difference = compareIdentifiers(left, right);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareIdentifiers(a: string, b: string): number {
  const numbers = [a, b].map((text) => /^\d+$/.test(text));
  if (numbers[0] && numbers[1]) return Number(a) - Number(b);
  if (numbers[0] !== numbers[1]) return numbers[0] ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
