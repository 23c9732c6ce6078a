/** A parsed pattern. */
export type PatternNode =
  | { readonly kind: 'set'; readonly has: (code: number) => boolean }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'group'; readonly node: PatternNode; readonly number: number | null }
  | {
      readonly kind: 'repeat';
      readonly node: PatternNode;
      readonly min: number;
      /** Null when unbounded. */
      readonly max: number | null;
      readonly isGreedy: boolean;
    };

interface Bounds {
  readonly min: number;
  /** Null when unbounded. */
  readonly max: number | null;
}

type CodeSet = (code: number) => boolean;

const mostRepeats = 100;
const isDigit: CodeSet = (code) => code >= 48 && code <= 57;
const isWord: CodeSet = (code) =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
const isSpace: CodeSet = (code) => /\s/.test(String.fromCharCode(code));
const classes: Readonly<Record<string, CodeSet>> = {
  d: isDigit,
  w: isWord,
  s: isSpace,
  D: (code) => !isDigit(code),
  W: (code) => !isWord(code),
  S: (code) => !isSpace(code),
};
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9 };

/**
 * Reads the part of a pattern between its anchors: the usual notation without look-around, back
 * references and inner anchors, which cannot be matched in one pass.
 * @throws RangeError saying what is not understood, and where.
 */
export function parsePattern(source: string): PatternNode {
  const reader = new PatternReader(source);
  const node = reader.choice();
  reader.expectEnd();
  return node;
}

class PatternReader {
  private at = 0;
  private groups = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  choice(): PatternNode {
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  expectEnd(): void {
    if (this.at < this.source.length) this.refuse('an unexpected ")"');
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (this.at < this.source.length && !'|)'.includes(this.peek())) parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): PatternNode {
    const node = this.atom();
    const bounds = this.bounds();
    if (bounds === null) return node;
    const isGreedy = !this.take('?');
    if (this.bounds() !== null) this.refuse('a repetition of a repetition');
    return { kind: 'repeat', node, min: bounds.min, max: bounds.max, isGreedy };
  }

  private bounds(): Bounds | null {
    if (this.take('*')) return { min: 0, max: null };
    if (this.take('+')) return { min: 1, max: null };
    if (this.take('?')) return { min: 0, max: 1 };
    const counted = /^\{(\d{1,3})(?:(,)(\d{1,3})?)?\}/.exec(this.source.slice(this.at));
    return counted ? this.countedBounds(counted) : null;
  }

  private countedBounds([all, least, comma, most]: RegExpExecArray): Bounds {
    const min = Number(least);
    const exact = comma === undefined ? min : null;
    const max = most === undefined ? exact : Number(most);
    if (Math.max(min, max ?? min) > mostRepeats || (max !== null && max < min)) {
      this.refuse(`a repetition that is upside down or above ${mostRepeats}`);
    }
    this.at += all.length;
    return { min, max };
  }

  private atom(): PatternNode {
    if (this.take('(')) return this.group();
    if (this.take('[')) return { kind: 'set', has: this.bracket() };
    if (this.take('.')) return { kind: 'set', has: (code) => code !== 10 && code !== 13 };
    if ('^$*+?{'.includes(this.peek())) this.refuse(`"${this.peek()}" in this place`);
    return { kind: 'set', has: this.single().has };
  }

  private group(): PatternNode {
    const isPlain = this.take('?:');
    if (!isPlain && this.peek() === '?') this.refuse('look-around and named groups');
    const number = isPlain ? null : ++this.groups;
    const node = this.choice();
    if (!this.take(')')) this.refuse('a group that is not closed');
    return { kind: 'group', node, number };
  }

  private bracket(): CodeSet {
    const isNegated = this.take('^');
    const members: CodeSet[] = [];
    while (!this.take(']')) {
      if (this.at >= this.source.length) this.refuse('a class that is not closed');
      members.push(this.member());
    }
    return (code) => members.some((has) => has(code)) !== isNegated;
  }

  private member(): CodeSet {
    const from = this.single();
    const isRange = this.peek() === '-' && !['', ']'].includes(this.source.charAt(this.at + 1));
    if (!isRange) return from.has;
    this.at++;
    const to = this.single();
    const [low, high] = [from.code, to.code];
    if (low === null || high === null || high < low) {
      return this.refuse('a range that is upside down');
    }
    return (code) => code >= low && code <= high;
  }

  /** One character or class; `code` is null for a class. */
  private single(): { readonly code: number | null; readonly has: CodeSet } {
    if (this.at >= this.source.length) this.refuse('an end in this place');
    if (!this.take('\\')) return exactly(this.source.charCodeAt(this.at++));
    const name = this.peek();
    this.at++;
    const has = classes[name];
    if (has) return { code: null, has };
    const control = controls[name];
    if (control !== undefined) return exactly(control);
    if (name === '' || /[A-Za-z0-9]/.test(name)) return this.refuse(`"\\${name}"`);
    return exactly(name.charCodeAt(0));
  }

  private peek(): string {
    return this.source.charAt(this.at);
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private refuse(what: string): never {
    throw new RangeError(
      `the pattern has ${what} at character ${this.at + 1}, which is not supported`,
    );
  }
}

function exactly(code: number): { readonly code: number; readonly has: CodeSet } {
  return { code, has: (each) => each === code };
}
