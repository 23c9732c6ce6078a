import { readdirSync, readFileSync } from 'node:fs';
import { lintTemplate, recursivePartials, type TemplateFormat } from './lint-template.ts';
import type { TemplatePart } from './render-pool.ts';
import { locales, type Locale } from './view-model-parts.ts';
import { mailKinds, pageNames, type MailKind, type PageName } from './view-models.ts';

/** The parts of every mail and page, read and linted once. */
export interface TemplateFiles {
  mail(kind: MailKind, locale: Locale): Readonly<Record<'subject' | 'html' | 'text', TemplatePart>>;
  page(name: PageName, locale: Locale): TemplatePart;
}

const here = new URL('./', import.meta.url);

/**
 * Reads every template of the house.
 * @throws Error that lists each file, line and reason when a template breaks a rule.
 */
export function readTemplateFiles(root: URL = here): TemplateFiles {
  const problems: string[] = [];
  const parts = new Map<string, TemplatePart>();
  for (const locale of locales) {
    const html = readParts(root, `email/parts/${locale}/`, '.html.hbs', problems);
    const text = readParts(root, `email/parts/${locale}/`, '.text.hbs', problems);
    for (const kind of mailKinds) {
      const folder = `email/${kind}/${locale}`;
      const read = (file: string, format: TemplateFormat, partials: Partials): string =>
        readLinted(
          root,
          `${folder}/${file}.hbs`,
          { format, partials: Object.keys(partials) },
          problems,
        );
      add(parts, `${folder}/subject`, read('subject', 'subject', {}), {}, true);
      const { layout: htmlLayout = '', ...htmlParts } = html;
      const { layout: textLayout = '', ...textParts } = text;
      const htmlBody = read('html', 'html', htmlParts);
      const textBody = read('text', 'text', textParts);
      add(parts, `${folder}/html`, htmlLayout, { ...htmlParts, body: htmlBody }, false);
      add(parts, `${folder}/text`, textLayout, { ...textParts, body: textBody }, true);
    }
    const pageParts = readParts(root, `pages/parts/${locale}/`, '.hbs', problems);
    for (const name of pageNames) {
      const path = `pages/${name}/${locale}.hbs`;
      const options = { format: 'html', partials: Object.keys(pageParts) } as const;
      add(
        parts,
        `pages/${name}/${locale}`,
        readLinted(root, path, options, problems),
        pageParts,
        false,
      );
    }
  }
  if (problems.length > 0) throw new Error(`Templates break the rules:\n${problems.join('\n')}`);
  const part = (path: string): TemplatePart => {
    const found = parts.get(path);
    if (!found) throw new Error(`There is no template ${path}.`);
    return found;
  };
  return {
    mail: (kind, locale) => ({
      subject: part(`email/${kind}/${locale}/subject`),
      html: part(`email/${kind}/${locale}/html`),
      text: part(`email/${kind}/${locale}/text`),
    }),
    page: (name, locale) => part(`pages/${name}/${locale}`),
  };
}

/** The style sheet of the client pages, served as `/assets/client.css`. */
export function readClientStylesheet(): string {
  return readFileSync(new URL('pages/client.css', here), 'utf8');
}

type Partials = Readonly<Record<string, string>>;

function add(
  parts: Map<string, TemplatePart>,
  name: string,
  source: string,
  partials: Partials,
  plainText: boolean,
): void {
  parts.set(name, { name, source, partials, plainText });
}

function readParts(root: URL, folder: string, ending: string, problems: string[]): Partials {
  const files = readdirSync(new URL(folder, root))
    .filter((each) => each.endsWith(ending))
    .sort();
  const names = files.map((each) => each.slice(0, -ending.length));
  const format = ending.startsWith('.text') ? 'text' : 'html';
  // the body of the mail stands inside the layout
  const options = { format, partials: [...names, 'body'] } as const;
  const sources = names.map((name, index) => [
    name,
    readLinted(root, `${folder}${files[index] ?? ''}`, options, problems),
  ]);
  const partials = Object.fromEntries(sources) as Partials;
  for (const each of recursivePartials(partials)) {
    problems.push(`${folder}${each}${ending}: calls itself`);
  }
  return partials;
}

function readLinted(
  root: URL,
  path: string,
  options: { readonly format: TemplateFormat; readonly partials: readonly string[] },
  problems: string[],
): string {
  const source = readFileSync(new URL(path, root), 'utf8');
  for (const problem of lintTemplate(source, options)) {
    problems.push(`${path}:${problem.line}: ${problem.message}`);
  }
  return source;
}
