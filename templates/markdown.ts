import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { notesToText } from './markdown-text.ts';

/** Release notes ready for both bodies of a mail and for the web page. */
export interface RenderedNotes {
  readonly html: string;
  readonly text: string;
}

const parser = createParser();

/** Elements that sanitised notes may contain; the mail allow list is a superset of it. */
export const noteElements: readonly string[] = [
  'p',
  'br',
  'hr',
  'ul',
  'ol',
  'li',
  'strong',
  'em',
  's',
  'code',
  'pre',
  'blockquote',
  'h3',
  'h4',
  'h5',
  'a',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
];

/** Turns Markdown into sanitised HTML and into plain text; the same for mail and web. */
export function renderNotes(markdown: string): RenderedNotes {
  const tokens = parser.parse(markdown, {});
  const html = parser.renderer.render(tokens, parser.options, {});
  return { html: sanitizeNotes(html), text: notesToText(tokens) };
}

/** Whether an address may stand in a link: absolute http, https or mailto. */
export function isSafeLink(address: string): boolean {
  return /^(https?:\/\/|mailto:)[^\s]+$/i.test(address) && URL.canParse(address);
}

function createParser(): InstanceType<typeof MarkdownIt> {
  const markdownIt = new MarkdownIt({ html: false, linkify: true, maxNesting: 30 });
  markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  markdownIt.validateLink = isSafeLink;
  // a picture would be fetched from a stranger's server when the mail is opened
  markdownIt.renderer.rules['image'] = (tokens, index) =>
    markdownIt.utils.escapeHtml(tokens[index]?.content ?? '');
  return markdownIt;
}

function sanitizeNotes(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...noteElements],
    allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    nestingLimit: 40,
    transformTags: {
      // the page's own headings are h1 and h2
      h1: 'h3',
      h2: 'h4',
      h3: 'h5',
      h4: 'h5',
      h6: 'h5',
      a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer' }),
    },
  }).trim();
}
