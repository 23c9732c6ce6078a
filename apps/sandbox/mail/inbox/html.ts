/** Markup that is safe to place into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** Writes markup; whatever is placed into it and is not markup itself becomes plain text. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const placed = parts.map((part, index) => `${write(part)}${strings[index + 1] ?? ''}`);
  return new Markup(`${strings[0] ?? ''}${placed.join('')}`);
}

/** No markup at all, for the other half of a condition. */
export const nothing = new Markup('');

function write(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escape(String(part));
  return part.map(({ text }) => text).join('');
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
