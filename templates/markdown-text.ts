import type { Token } from 'markdown-it';

interface Page {
  readonly lines: string[];
  readonly lists: { readonly ordered: boolean; next: number }[];
  quotes: number;
  /** The bullet or number that the next line of a list item starts with. */
  bullet: string;
}

/** Writes parsed Markdown as plain text: bullets, numbers, quotes, and links with their address. */
export function notesToText(tokens: readonly Token[]): string {
  const page: Page = { lines: [], lists: [], quotes: 0, bullet: '' };
  let row: string[] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') row = [];
    if (token.type === 'tr_close') write(page, row.join(' | '));
    if (token.type === 'inline' && token.level >= 3 && isCell(token, tokens)) {
      row.push(inlineText(token.children ?? []));
      continue;
    }
    writeBlock(page, token);
  }
  return page.lines
    .map((each) => each.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function isCell(token: Token, tokens: readonly Token[]): boolean {
  const opener = tokens[tokens.indexOf(token) - 1];
  return opener?.type === 'td_open' || opener?.type === 'th_open';
}

const blocks: Readonly<Record<string, (page: Page, token: Token) => void>> = {
  bullet_list_open: (page) => {
    page.lists.push({ ordered: false, next: 1 });
  },
  ordered_list_open: (page, token) => {
    page.lists.push({ ordered: true, next: Number(token.attrGet('start') ?? 1) });
  },
  bullet_list_close: closeList,
  ordered_list_close: closeList,
  list_item_open: (page) => {
    const list = page.lists.at(-1);
    if (list) page.bullet = list.ordered ? `${list.next++}. ` : '- ';
  },
  blockquote_open: (page) => {
    page.quotes += 1;
  },
  blockquote_close: (page) => {
    page.quotes -= 1;
    page.lines.push('');
  },
  inline: (page, token) => {
    for (const each of inlineText(token.children ?? []).split('\n')) write(page, each);
  },
  paragraph_close: (page, token) => {
    if (!token.hidden) page.lines.push('');
  },
  heading_open: (page) => {
    page.lines.push('');
  },
  heading_close: (page) => {
    page.lines.push('');
  },
  hr: (page) => {
    page.lines.push('', '---', '');
  },
  table_close: (page) => {
    page.lines.push('');
  },
  fence: writeCode,
  code_block: writeCode,
};

function writeBlock(page: Page, token: Token): void {
  blocks[token.type]?.(page, token);
}

function closeList(page: Page): void {
  page.lists.pop();
  if (page.lists.length === 0) page.lines.push('');
}

function writeCode(page: Page, token: Token): void {
  for (const each of token.content.replace(/\n$/, '').split('\n')) write(page, `    ${each}`);
  page.lines.push('');
}

function write(page: Page, text: string): void {
  const outer = '  '.repeat(Math.max(0, page.lists.length - 1));
  const own = page.bullet || (page.lists.length > 0 ? '  ' : '');
  page.lines.push(`${'> '.repeat(page.quotes)}${outer}${own}${text}`);
  page.bullet = '';
}

function inlineText(children: readonly Token[]): string {
  let text = '';
  let linkStart = 0;
  let address = '';
  for (const child of children) {
    if (child.type === 'link_open') {
      linkStart = text.length;
      address = String(child.attrGet('href') ?? '');
    } else if (child.type === 'link_close') {
      const label = text.slice(linkStart);
      if (label !== address) text += ` (${address.replace(/^mailto:/, '')})`;
    } else if (child.type === 'softbreak') text += ' ';
    else if (child.type === 'hardbreak') text += '\n';
    else text += child.content;
  }
  return text;
}
