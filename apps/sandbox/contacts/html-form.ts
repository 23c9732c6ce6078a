/** One control of a form, as far as it decides what is sent. */
export interface FormControl {
  readonly kind: 'hidden' | 'text' | 'checkbox' | 'radio' | 'submit' | 'textarea' | 'select';
  readonly name: string;
  readonly value: string;
  readonly isChecked: boolean;
  readonly isRequired: boolean;
}

/** A form as a browser without scripts sees it. */
export interface HtmlForm {
  readonly method: 'get' | 'post';
  /** As written; empty means the page's own address. */
  readonly action: string;
  readonly controls: readonly FormControl[];
}

type Attributes = ReadonlyMap<string, string>;

const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
const inputKinds: Readonly<Record<string, FormControl['kind']>> = {
  hidden: 'hidden',
  checkbox: 'checkbox',
  radio: 'radio',
  submit: 'submit',
  image: 'submit',
};
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** Reads every form of a page. Made for pages that are well formed, as ours are. */
export function readForms(html: string): readonly HtmlForm[] {
  const page = html.replaceAll(/<!--[\s\S]*?-->/g, '');
  const forms = page.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/gi);
  return [...forms].map(([, head = '', body = '']) => {
    const attributes = readAttributes(head);
    return {
      method: attributes.get('method')?.toLowerCase() === 'post' ? 'post' : 'get',
      action: attributes.get('action') ?? '',
      controls: readControls(body),
    };
  });
}

function readControls(body: string): readonly FormControl[] {
  const tags = body.matchAll(
    /<(input|button)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>|<(textarea|select)\b((?:"[^"]*"|'[^']*'|[^>"'])*)>([\s\S]*?)<\/\3>/gi,
  );
  const controls: FormControl[] = [];
  for (const [, simple, simpleHead, paired, pairedHead, content = ''] of tags) {
    const tag = (simple ?? paired ?? '').toLowerCase();
    const attributes = readAttributes(simpleHead ?? pairedHead ?? '');
    const name = attributes.get('name');
    if (name === undefined || name === '' || attributes.has('disabled')) continue;
    const isChecked = attributes.has('checked');
    const isRequired = attributes.has('required');
    const { kind, value } = readValue(tag, attributes, content);
    controls.push({ kind, name, value, isChecked, isRequired });
  }
  return controls;
}

function readValue(
  tag: string,
  attributes: Attributes,
  content: string,
): Pick<FormControl, 'kind' | 'value'> {
  if (tag === 'textarea') return { kind: 'textarea', value: decode(content) };
  if (tag === 'select') return { kind: 'select', value: chosenOption(content) };
  const usual = tag === 'button' ? 'submit' : 'text';
  const kind = inputKinds[(attributes.get('type') ?? usual).toLowerCase()] ?? 'text';
  const valueless = kind === 'checkbox' || kind === 'radio' ? 'on' : '';
  return { kind, value: attributes.get('value') ?? valueless };
}

function chosenOption(content: string): string {
  const options = [...content.matchAll(/<option\b([^>]*)>([^<]*)/gi)].map(
    ([, head = '', text = '']) => ({ attributes: readAttributes(head), text: decode(text.trim()) }),
  );
  const chosen = options.find(({ attributes }) => attributes.has('selected')) ?? options[0];
  return chosen?.attributes.get('value') ?? chosen?.text ?? '';
}

function readAttributes(head: string): Attributes {
  const pairs = [...head.matchAll(attribute)].map(
    ([, name = '', double, single, bare]) =>
      [name.toLowerCase(), decode(double ?? single ?? bare ?? '')] as const,
  );
  return new Map(pairs);
}

function decode(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole;
    const isHex = name[1]?.toLowerCase() === 'x';
    return String.fromCodePoint(Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10));
  });
}
