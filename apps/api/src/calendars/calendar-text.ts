import { Document, isScalar, Scalar, visit } from 'yaml';
import { whyUnkeepable } from '../http/body-limits.ts';
import { Problem } from '../http/problem.ts';
import { readYaml } from './read-yaml.ts';

/** The document that was sent, whether as an object or as the text of its file (JSON is YAML, too). */
export function documentOf(sent: {
  readonly document?: Readonly<Record<string, unknown>> | undefined;
  readonly yaml?: string | undefined;
}): unknown {
  const document = sent.document ?? documentIn(sent.yaml ?? '');
  const message = whyUnkeepable(document);
  if (message === null) return document;
  const errors = [{ path: 'document', message }];
  throw new Problem(422, 'CALENDAR_INVALID', `The calendar ${message}; correct it`, { errors });
}

function documentIn(yaml: string): unknown {
  const reading = readYaml(yaml);
  if (reading.kind === 'readable') return reading.value;
  const { message, line, column } = reading;
  const errors = [{ path: 'yaml', message, line, column }];
  const detail = `The calendar ${message} at line ${line}; correct it there`;
  throw new Problem(422, 'CALENDAR_INVALID', detail, { errors });
}

/**
 * The file of a calendar. What older YAML readers would take for a date, a number or a boolean is quoted, so that all
 * of them read what is stored; comments of an imported file are not kept.
 */
export function yamlOf(document: unknown): string {
  const file = new Document(document, { aliasDuplicateObjects: false });
  visit(file, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && misread.test(node.value)) {
        node.type = Scalar.QUOTE_DOUBLE;
      }
    },
    Seq: (_, node) => {
      if (node.items.length <= 8 && node.items.every((item) => isScalar(item))) node.flow = true;
    },
  });
  return file.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** Dates, times, offsets, numbers, and the words that YAML 1.1 takes for booleans. */
const misread = /^[^A-Za-z]|\t|^(y|n|yes|no|on|off|true|false|null)$/i;

/** Fields as people write them: Postgres keeps a document's values, but not the order of its fields. */
export function inFieldOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => inFieldOrder(each));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, inFieldOrder(each)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => placeOfField(a, b)));
}

const fieldOrder = [
  'calendar',
  'zone',
  'allow',
  'deny',
  'name',
  'team',
  'kinds',
  'tags',
  'on',
  'from',
  'to',
  'plusDays',
  'between',
  'valid',
  'replace',
  'since',
  'until',
  'nth',
  'weekday',
  'weekdays',
  'months',
  'dates',
  'holidays',
  'businessDays',
  'except',
  'extra',
  'hours',
  'coverage',
  'teams',
  'away',
  'require',
  'people',
  'off',
  'during',
  'aftercare',
  'within',
];

/** Names that people chose come last, by the alphabet. */
function placeOfField(a: string, b: string): number {
  const [left, right] = [a, b].map((each) => {
    const place = fieldOrder.indexOf(each);
    return place === -1 ? fieldOrder.length : place;
  });
  return (left ?? 0) - (right ?? 0) || (a < b ? -1 : 1);
}
