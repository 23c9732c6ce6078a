const heading = /^(#{1,6})\s+(.*?)\s*#*\s*$/;
const underline = /^(=+|-+)\s*$/;
const fence = /^\s*(```|~~~)/;

/**
 * The section of one version out of a whole changelog in Markdown, without its heading; null when there is none.
 * A heading names the version when it holds it as a word: `## [1.9.4] - 2023-05-18`, `1.9.4 (May 18, 2023)` underlined.
 */
export function changelogSection(changelog: string, version: string): string | null {
  const lines = changelog.replace(/\r\n?/g, '\n').split('\n');
  const headings = headingsIn(lines);
  const index = headings.findIndex(({ title }) => names(title, version));
  const found = headings[index];
  if (found === undefined) return null;
  const next = headings.slice(index + 1).find(({ level }) => level <= found.level);
  return lines.slice(found.bodyFrom, next?.at).join('\n').trim();
}

interface Heading {
  readonly title: string;
  readonly level: number;
  readonly at: number;
  readonly bodyFrom: number;
}

function headingsIn(lines: readonly string[]): readonly Heading[] {
  let isCode = false;
  return lines.flatMap((line, at) => {
    if (fence.test(line)) isCode = !isCode;
    return isCode ? [] : (marked(line, at) ?? underlined(line, lines[at + 1] ?? '', at) ?? []);
  });
}

function marked(line: string, at: number): Heading | null {
  const [, marks, title] = heading.exec(line) ?? [];
  if (marks === undefined || title === undefined) return null;
  return { title, level: marks.length, at, bodyFrom: at + 1 };
}

function underlined(line: string, below: string, at: number): Heading | null {
  const isTitle = underline.test(below) && /^\S/.test(line) && !line.startsWith('-');
  return isTitle
    ? { title: line, level: below.startsWith('=') ? 1 : 2, at, bodyFrom: at + 2 }
    : null;
}

function names(title: string, version: string): boolean {
  const words = title.split(/[\s[\](),:]+/).map((word) => word.replace(/^v(?=\d)/i, ''));
  return words.includes(version.replace(/^v/i, ''));
}
