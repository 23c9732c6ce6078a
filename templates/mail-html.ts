import sanitizeHtml from 'sanitize-html';
import { isSafeLink, noteElements } from './markdown.ts';
import { headStyles, inlineStyles } from './mail-styles.ts';

const elements = [...noteElements, 'div', 'span', 'h1', 'h2', 'b', 'i', 'small'];

/**
 * The last fence before a mail is frozen: only what the mail allow list names stays, and each
 * class gets its inline style, since many mail programs drop style sheets.
 */
export function sanitizeMail(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: elements,
    allowedAttributes: {
      '*': ['class', 'style', 'lang'],
      a: ['href', 'rel'],
      ol: ['start'],
      table: ['role', 'width', 'cellpadding', 'cellspacing', 'border', 'align'],
      td: ['width', 'align', 'valign', 'colspan'],
      th: ['width', 'align', 'valign', 'colspan', 'scope'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    allowProtocolRelative: false,
    parseStyleAttributes: false,
    transformTags: { '*': dress },
  });
}

/** Wraps the sanitised body into a whole document. */
export function mailDocument(parts: {
  readonly locale: string;
  readonly title: string;
  readonly body: string;
}): string {
  return `<!doctype html>
<html lang="${parts.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
<title>${escapeHtml(parts.title)}</title>
<style>
${headStyles}
</style>
</head>
<body class="page" style="${inlineStyles['page'] ?? ''}">
${parts.body.trim()}
</body>
</html>
`;
}

function dress(tagName: string, given: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { class: classes = '', href, ...attribs } = given;
  // a template has no say over declarations: they come from the table alone
  delete attribs['style'];
  const names = [tagName, ...classes.split(/\s+/)].filter((name) =>
    Object.hasOwn(inlineStyles, name),
  );
  const style = names.map((name) => inlineStyles[name]).join('');
  const kept = names.filter((name) => name !== tagName);
  if (kept.length > 0) attribs['class'] = kept.join(' ');
  if (style !== '') attribs['style'] = style;
  if (href !== undefined && isSafeLink(href)) attribs['href'] = href;
  return { tagName, attribs };
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
