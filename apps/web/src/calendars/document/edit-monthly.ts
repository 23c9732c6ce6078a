import type { CalendarDocument } from './calendar-document.ts';
import { type RulePlace, withoutRule, withRule } from './edit-document.ts';
import { type MonthlyPattern, monthlyRules } from './patterns.ts';
import { counterpartOf } from './rule-patterns.ts';

/** The document with a weekday of the month, new or in its place; the rule that makes it the only one goes along. */
export function withMonthly(
  document: CalendarDocument,
  place: RulePlace | null,
  pattern: MonthlyPattern,
): CalendarDocument {
  const { allow, deny } = monthlyRules(pattern);
  const counterpart = place && counterpartOf(document, place);
  const opened = withRule(document, place ?? 'allow', allow);
  if (deny !== null) return withRule(opened, counterpart ?? 'deny', deny);
  return counterpart === null ? opened : withoutRule(opened, counterpart);
}
