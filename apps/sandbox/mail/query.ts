/** Query parameters whose names are read in any case, as clients write them differently. */
export class Query {
  readonly #values = new Map<string, string>();

  constructor(parameters: URLSearchParams) {
    for (const [name, value] of parameters) this.#values.set(name.toLowerCase(), value);
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name.toLowerCase());
    return value === '' ? undefined : value;
  }

  /** The parameters with a prefix, the prefix taken off. */
  withPrefix(prefix: string): readonly (readonly [string, string])[] {
    return [...this.#values]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value] as const);
  }

  /** `count` and `offset`, both required; undefined when missing or out of range. */
  page(): { readonly count: number; readonly offset: number } | undefined {
    const count = wholeNumber(this.text('count'));
    const offset = wholeNumber(this.text('offset'));
    if (count === undefined || offset === undefined) return undefined;
    if (count < 1 || count > 500 || count + offset > 10_000) return undefined;
    return { count, offset };
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
