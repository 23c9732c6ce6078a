import { isScalar, Lexer, LineCounter, parseDocument, visit, type Document } from 'yaml';

/** What was read of a YAML text, or the first thing that is wrong with it. */
export type YamlReading = { readonly kind: 'readable'; readonly value: unknown } | YamlMistake;

interface YamlMistake {
  readonly kind: 'unreadable';
  /** Continues a sentence about the text: `is no YAML`. */
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Reads YAML (JSON is YAML, too) in a time that grows with its length only, whatever somebody sends. */
export function readYaml(text: string): YamlReading {
  const lines = new LineCounter();
  const mistake = (message: string, offset: number): YamlMistake => {
    const { line, col: column } = lines.linePos(offset);
    return { kind: 'unreadable', message, line: Math.max(line, 1), column: Math.max(column, 1) };
  };
  if (isNestedTooDeep(text)) {
    return mistake(`nests lists and objects more than ${mostNesting} levels deep`, 0);
  }
  // Left to itself the library compares each key with all others, and quotes the whole line with each mistake.
  const options = { uniqueKeys: false, prettyErrors: false, lineCounter: lines } as const;
  const file = parseDocument(text, options);
  const [error] = file.errors;
  if (error) return mistake('is no YAML', error.pos[0]);
  const found = aliasOf(file) ?? twice(file);
  if (found) return mistake(found.message, found.offset);
  return { kind: 'readable', value: file.toJS() };
}

/** Far more than a calendar has, and few enough to be read without running out of stack. */
const mostNesting = 500;

/** Lists and objects in brackets, and those that begin on one and the same line: `- - -`. */
function isNestedTooDeep(text: string): boolean {
  let [inBrackets, onLine] = [0, 0];
  for (const token of new Lexer().lex(text)) {
    inBrackets = Math.max(inBrackets + (brackets.get(token) ?? 0), 0);
    if (beginsOnLine.has(token)) onLine += 1;
    else if (token.endsWith('\n')) onLine = 0;
    if (inBrackets + onLine > mostNesting) return true;
  }
  return false;
}

const brackets: ReadonlyMap<string, number> = new Map([
  ['[', 1],
  ['{', 1],
  [']', -1],
  ['}', -1],
]);

const beginsOnLine: ReadonlySet<string> = new Set(['-', '?']);

interface Found {
  readonly message: string;
  readonly offset: number;
}

/** Aliases can make a short text enormous, and a calendar needs none. */
function aliasOf(file: Document.Parsed): Found | undefined {
  let found: Found | undefined;
  visit(file, {
    Alias: (_, { source, range }) => {
      found = {
        message: `has an alias, *${source}; write out what it stands for`,
        offset: range?.[0] ?? 0,
      };
      return visit.BREAK;
    },
  });
  return found;
}

/** Of two fields with one name the first would be lost without a word. */
function twice(file: Document.Parsed): Found | undefined {
  let found: Found | undefined;
  visit(file, {
    Map: (_, { items }) => {
      const names = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const name = String(key.value);
        if (names.has(name)) {
          found = {
            message: `has the field "${name.slice(0, 60)}" twice`,
            offset: key.range?.[0] ?? 0,
          };
          return visit.BREAK;
        }
        names.add(name);
      }
      return undefined;
    },
  });
  return found;
}
