import { compareVersions, isVersion } from './version.ts';

/** What one build says about itself. */
export interface BuildNotes {
  readonly version: string;
  readonly markdown: string;
}

/**
 * What a client reads: the notes of every build after the one it runs, newest first, without the sections of modules
 * it does not have. A section belongs to modules when its heading ends with their names, as in `## Maps {map, permits}`.
 */
export function notesForClient(
  builds: readonly BuildNotes[],
  client: { readonly currentVersion: string | null; readonly modules: readonly string[] },
): string {
  const news = builds
    .filter(({ version }) => isNewer(version, client.currentVersion))
    .map(({ version, markdown }) => ({
      version,
      markdown: withoutOtherModules(markdown, client.modules),
    }))
    .filter(({ markdown }) => markdown !== '');
  const [only] = news;
  if (only === undefined) return '';
  if (news.length === 1) return only.markdown;
  return news.map(({ version, markdown }) => `# ${version}\n\n${markdown}`).join('\n\n');
}

function isNewer(version: string, current: string | null): boolean {
  if (current === null || !isVersion(version) || !isVersion(current)) return true;
  return compareVersions(version, current) > 0;
}

const heading = /^(#{1,6})\s+(.*?)\s*$/;
const deepest = 6;
const moduleList = /\s*\{([^{}]+)\}$/;

function withoutOtherModules(markdown: string, modules: readonly string[]): string {
  const kept: string[] = [];
  /** Depth of the heading whose section is left out; null while nothing is. */
  let hiddenDepth: number | null = null;
  for (const line of markdown.split('\n')) {
    const found = readHeading(line);
    if (found !== null && found.depth <= (hiddenDepth ?? deepest)) {
      hiddenDepth = concernsClient(found.title, modules) ? null : found.depth;
    }
    if (hiddenDepth === null) kept.push(found === null ? line : line.replace(moduleList, ''));
  }
  return kept.join('\n').trim();
}

function readHeading(line: string): { readonly depth: number; readonly title: string } | null {
  const match = heading.exec(line);
  return match ? { depth: match[1]?.length ?? 1, title: match[2] ?? '' } : null;
}

function concernsClient(title: string, modules: readonly string[]): boolean {
  const named = moduleList.exec(title)?.[1];
  if (named === undefined) return true;
  return named.split(',').some((each) => modules.includes(each.trim()));
}
