/** Where in an HTML text the writer stands. */
export type HtmlPosition =
  | { readonly kind: 'text' }
  | { readonly kind: 'tag' }
  | { readonly kind: 'attribute-name'; readonly name: string }
  | { readonly kind: 'before-value'; readonly name: string }
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly quote: string;
      readonly written: string;
    }
  | { readonly kind: 'comment' };

export type Report = (message: string) => void;

/** Attributes whose value a browser follows or loads. */
export const urlAttributes: ReadonlySet<string> = new Set([
  'href',
  'src',
  'srcset',
  'action',
  'formaction',
  'background',
  'cite',
  'data',
  'poster',
  'ping',
  'xlink:href',
  'manifest',
  'longdesc',
  'usemap',
]);

const refusedTags = new Set([
  'script',
  'style',
  'iframe',
  'object',
  'embed',
  'base',
  'frame',
  'frameset',
  'svg',
  'math',
  'template',
  'noscript',
  'applet',
]);

/** Moves over literal text of a template; reports what a template must not contain. */
export function advance(from: HtmlPosition, text: string, report: Report): HtmlPosition {
  let position = from;
  let rest = text;
  while (rest !== '') {
    const [next, taken] = step(position, rest, report);
    position = next;
    rest = rest.slice(taken);
  }
  return position;
}

/** Two places are the same when what may be written there is the same. */
export function samePlace(one: HtmlPosition, other: HtmlPosition): boolean {
  const place = (position: HtmlPosition): string =>
    position.kind === 'value'
      ? `value ${position.name}`
      : position.kind.replace('attribute-name', 'tag');
  return place(one) === place(other);
}

type Step = readonly [next: HtmlPosition, taken: number];

function step(position: HtmlPosition, rest: string, report: Report): Step {
  switch (position.kind) {
    case 'text':
      return stepText(rest, report);
    case 'tag':
      return stepTag(rest, report);
    case 'attribute-name':
      return stepAttributeName(position.name, rest, report);
    case 'before-value':
      return stepBeforeValue(position.name, rest, report);
    case 'value':
      return stepValue(position, rest, report);
    case 'comment': {
      const end = rest.indexOf('-->');
      return end === -1 ? [position, rest.length] : [{ kind: 'text' }, end + 3];
    }
  }
}

function stepText(rest: string, report: Report): Step {
  const open = rest.indexOf('<');
  if (open === -1) return [{ kind: 'text' }, rest.length];
  const after = rest.slice(open);
  if (after.startsWith('<!--')) return [{ kind: 'comment' }, open + 4];
  const tag = /^<(?:\/?[a-z][a-z0-9]*|!doctype)/i.exec(after)?.[0];
  if (tag === undefined) {
    report('a "<" that opens no element; write &lt;');
    return [{ kind: 'text' }, open + 1];
  }
  const name = tag.replace(/^<\/?/, '').toLowerCase();
  if (refusedTags.has(name)) report(`the element <${name}> is not allowed`);
  return [{ kind: 'tag' }, open + tag.length];
}

function stepTag(rest: string, report: Report): Step {
  const space = /^[\s/]+/.exec(rest)?.[0].length ?? 0;
  if (space > 0) return [{ kind: 'tag' }, space];
  if (rest.startsWith('>')) return [{ kind: 'text' }, 1];
  const name = /^[^\s"'<>/={}]+/.exec(rest)?.[0];
  if (name === undefined) {
    report(`"${rest.slice(0, 1)}" stands inside an element where an attribute is expected`);
    return [{ kind: 'tag' }, 1];
  }
  if (/^on/i.test(name)) report(`the attribute ${name} is not allowed`);
  return [{ kind: 'attribute-name', name: name.toLowerCase() }, name.length];
}

function stepAttributeName(name: string, rest: string, report: Report): Step {
  if (rest.startsWith('=')) return [{ kind: 'before-value', name }, 1];
  const space = /^\s+/.exec(rest)?.[0].length ?? 0;
  if (space > 0 && rest[space] === '=') {
    report(`write ${name}="…" without spaces around "="`);
    return [{ kind: 'before-value', name }, space + 1];
  }
  return [{ kind: 'tag' }, 0];
}

function stepBeforeValue(name: string, rest: string, report: Report): Step {
  const quote = rest.slice(0, 1);
  if (quote === '"') return [{ kind: 'value', name, quote, written: '' }, 1];
  if (quote === "'") return [{ kind: 'value', name, quote, written: '' }, 1];
  report(`the value of ${name} is not quoted`);
  return [{ kind: 'tag' }, Math.max(1, /^[^\s>]*/.exec(rest)?.[0].length ?? 1)];
}

function stepValue(
  position: Extract<HtmlPosition, { kind: 'value' }>,
  rest: string,
  report: Report,
): Step {
  const end = rest.indexOf(position.quote);
  const piece = end === -1 ? rest : rest.slice(0, end);
  const written = position.written + piece;
  if (end === -1) return [{ ...position, written }, rest.length];
  if (urlAttributes.has(position.name)) checkAddress(position.name, written, report);
  return [{ kind: 'tag' }, end + 1];
}

/** `\u0000` stands for an address that came through the safeUrl helper. */
function checkAddress(name: string, address: string, report: Report): void {
  if (address === '\u0000') return;
  if (address.includes('\u0000')) {
    report(`the address in ${name} must be the safeUrl helper alone`);
    return;
  }
  if (!/^(https:\/\/|mailto:|\/[a-z]|#)/.test(address)) {
    report(`the address "${address}" in ${name} is not allowed`);
  }
}
