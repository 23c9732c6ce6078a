import type { ReplacedSpan, ValidSpan } from './calendar-document.ts';
import type { ProblemList } from './problem-list.ts';

/** The start dates on which a rule holds. */
export function readValid(raw: unknown, path: string, problems: ProblemList): ValidSpan {
  if (raw === undefined) return {};
  const fields = problems.fields(raw, path, ['since', 'until']);
  if (!fields) return {};
  const { since, until } = fields;
  const span = {
    ...(since !== undefined && problems.isDate(since, `${path}.since`) && { since }),
    ...(until !== undefined && problems.isDate(until, `${path}.until`) && { until }),
  };
  if (span.since !== undefined && span.until !== undefined && span.since > span.until) {
    problems.add('empty-window', path, `${path} must not end before it begins`);
  }
  return span;
}

/** The spans in which published dates stand instead of a rule. */
export function readReplace(
  raw: unknown,
  path: string,
  problems: ProblemList,
): readonly ReplacedSpan[] {
  const spans = problems.list(raw, path, (each, at) => {
    const span = readReplacedSpan(each, at, problems);
    return span && { ...span, path: at };
  });
  const inOrder = [...spans].sort((a, b) => (a.from < b.from ? -1 : 1));
  inOrder.forEach((span, index) => {
    const before = inOrder[index - 1];
    if (before === undefined || before.to < span.from) return;
    const message = `${span.path} overlaps ${before.path}; the dates of both cannot stand`;
    problems.add('overlap', span.path, message);
  });
  return spans.map(({ from, to, dates }) => ({ from, to, dates }));
}

function readReplacedSpan(
  raw: unknown,
  path: string,
  problems: ProblemList,
): ReplacedSpan | undefined {
  const fields = problems.fields(raw, path, ['from', 'to', 'dates']);
  if (!fields) return undefined;
  const { from, to } = fields;
  const areDates = [problems.isDate(from, `${path}.from`), problems.isDate(to, `${path}.to`)];
  const dates = problems.list(
    fields['dates'],
    `${path}.dates`,
    (each, at) => (problems.isDate(each, at) ? { date: each, at } : undefined),
    { mayBeEmpty: true },
  );
  if (areDates.includes(false)) return undefined;
  const span = { from, to } as Pick<ReplacedSpan, 'from' | 'to'>;
  if (span.from > span.to) {
    problems.add('empty-window', path, `${path} must not end before it begins`);
    return undefined;
  }
  for (const { date, at } of dates) {
    if (date >= span.from && date <= span.to) continue;
    problems.add('outside-span', at, `${date} is not within ${span.from} and ${span.to}`);
  }
  return { ...span, dates: dates.map(({ date }) => date) };
}
