import type { Locale } from '../communication/locales.ts';
import { compareVersions, isVersion } from './version.ts';

/** What one build says about itself. */
export interface BuildNotes {
  readonly version: string;
  /** In English, which every build has. */
  readonly markdown: string;
  /** The same in other languages. */
  readonly translations?: Translations;
}

/** Notes by the language they are in; English is none of them. */
export type Translations = Readonly<Partial<Record<Exclude<Locale, 'en'>, string>>>;

/** Who reads notes: what it has, what it runs, and in which language. */
export interface NotesReader {
  readonly currentVersion: string | null;
  readonly modules: readonly string[];
  readonly locale: Locale;
}

/**
 * What a client reads: the notes of every build after the one it runs, newest first, without the sections of modules
 * it does not have. A section belongs to modules when its heading ends with their names, as in `## Maps {map, permits}`.
 * Notes that are not there in its language are told in English, and say so.
 */
export function notesForClient(builds: readonly BuildNotes[], reader: NotesReader): string {
  const news = builds
    .filter(({ version }) => isNewer(version, reader.currentVersion))
    .map((build) => ({ version: build.version, markdown: textFor(build, reader) }))
    .filter(({ markdown }) => markdown !== '');
  const [only] = news;
  if (only === undefined) return '';
  if (news.length === 1) return only.markdown;
  return news.map(({ version, markdown }) => `# ${version}\n\n${markdown}`).join('\n\n');
}

/** '' when nothing concerns the reader. */
function textFor({ markdown, translations }: BuildNotes, { locale, modules }: NotesReader): string {
  if (locale === 'en') return withoutOtherModules(markdown, modules);
  const translated = translations?.[locale];
  if (translated !== undefined) return withoutOtherModules(translated, modules);
  const text = withoutOtherModules(markdown, modules);
  return text === '' ? '' : `${onlyInEnglish[locale]}\n\n${text}`;
}

const onlyInEnglish = {
  fr: '*Ces notes n’existent qu’en anglais.*',
} as const satisfies Record<Exclude<Locale, 'en'>, string>;

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
