import { compilePattern } from './anchored-pattern.ts';
import type { Extractor } from './probe.ts';

/** What a value can be taken from. */
export interface SiteAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const longestValue = 500;

/** Why an extractor cannot be used; null when it can. Asked when it is stored. */
export function problemOfExtractor(extractor: Extractor): string | null {
  switch (extractor.kind) {
    case 'json-pointer':
      return /^(\/([^~/]|~[01])*)*$/.test(extractor.pointer)
        ? null
        : 'a JSON pointer looks like /version';
    case 'header':
      return /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(extractor.name) ? null : 'this is no header name';
    case 'pattern':
      try {
        compilePattern(extractor.pattern);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : 'the pattern cannot be read';
      }
  }
}

/** Takes a value from an answer; null when it is not there, or too long to be one. */
export function extract(extractor: Extractor, answer: SiteAnswer): string | null {
  const value = find(extractor, answer)?.trim() ?? '';
  return value === '' || value.length > longestValue ? null : value.replace(/\p{Cc}+/gu, ' ');
}

function find(extractor: Extractor, answer: SiteAnswer): string | null {
  switch (extractor.kind) {
    case 'json-pointer':
      return pointedAt(extractor.pointer, answer.body);
    case 'header':
      return answer.headers[extractor.name.toLowerCase()] ?? null;
    case 'pattern':
      return compilePattern(extractor.pattern)(answer.body);
  }
}

function pointedAt(pointer: string, body: string): string | null {
  let value = parseJson(body);
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
