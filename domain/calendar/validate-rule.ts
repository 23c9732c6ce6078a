import type { CalendarRule } from './calendar-document.ts';
import type { ProblemList, RawFields } from './problem-list.ts';
import { readReplace, readValid } from './validate-rule-dates.ts';
import { readRuleTime } from './validate-rule-time.ts';
import type { SelectorContext } from './validate-selector.ts';

const fieldNames = [
  'name',
  'on',
  'from',
  'to',
  'plusDays',
  'between',
  'valid',
  'replace',
  'kinds',
  'tags',
];

/** Reads one allow or deny rule; nothing when it cannot be read. An unnamed rule is called by its path. */
export function readRule(
  raw: unknown,
  path: string,
  context: SelectorContext,
): CalendarRule | undefined {
  const { problems } = context;
  if (!problems.admitsPart(path)) return undefined;
  const fields = problems.fields(withTextKeys(raw), path, fieldNames);
  if (!fields) return undefined;
  const { name, valid, replace, kinds, tags } = fields;
  const when = readRuleTime(fields, path, context);
  const others = {
    name: name === undefined ? path : (problems.text(name, `${path}.name`) ?? path),
    valid: readValid(valid, `${path}.valid`, problems),
    ...(replace !== undefined && { replace: readReplace(replace, `${path}.replace`, problems) }),
    ...readTexts({ kinds, tags }, path, problems),
  };
  return when && { when, ...others };
}

function readTexts(
  { kinds, tags }: RawFields,
  path: string,
  problems: ProblemList,
): Pick<CalendarRule, 'kinds' | 'tags'> {
  return {
    ...(kinds !== undefined && { kinds: problems.texts(kinds, `${path}.kinds`) }),
    ...(tags !== undefined && { tags: problems.texts(tags, `${path}.tags`) }),
  };
}

/** Older YAML readers take an unquoted key `on` for the boolean. */
function withTextKeys(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null || !('true' in raw) || 'on' in raw) return raw;
  const { true: on, ...others } = raw as RawFields;
  return { ...others, on };
}
