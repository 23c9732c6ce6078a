import { isNode, parseDocument } from 'yaml';

/** Where something stands in a document: `['deny', 2]`. */
export type DocumentPath = readonly (string | number)[];

/** A part of a text, and how far down it begins: 0 = at the top, 1 = at the end. */
export interface TextPlace {
  readonly start: number;
  readonly end: number;
  readonly share: number;
}

/** Where a part of a document stands in its YAML; null = it is not there. */
export function findInText(yaml: string, path: DocumentPath): TextPlace | null {
  const node = parseDocument(yaml).getIn(path, true);
  const range = isNode(node) ? node.range : null;
  if (range === null || range === undefined) return null;
  const [start, end] = range;
  const lines = (text: string): number => text.split('\n').length - 1;
  return { start, end, share: lines(yaml.slice(0, start)) / Math.max(lines(yaml), 1) };
}
