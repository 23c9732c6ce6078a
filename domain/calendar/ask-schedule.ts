import type { Instant } from '../instant.ts';
import type { CalendarAnswer } from './calendar-answer.ts';
import { CalendarError } from './calendar-error.ts';
import { scopeLayers, type ScopedLayer } from './calendar-layer.ts';
import { judgeEpochMs } from './judge-schedule.ts';
import { listWindows } from './list-windows.ts';
import { dayMs } from './local-time.ts';
import { worstCaseMsOf } from './open-stretches.ts';
import { calendarsOf, type StoredCalendars } from './question-calendar.ts';
import { momentText, type QuestionFields } from './question-fields.ts';
import type { Span } from './span.ts';

/** Whether an instant is open, why not, and when next. */
export function answerState(fields: QuestionFields, stored: StoredCalendars): CalendarAnswer {
  const at = fields.instant('at');
  const worstCaseMs = worstCaseMsOf({ worstCase: fields.optionalDuration('worstCase') });
  const verdict = judgeEpochMs(scopedLayersOf(fields, stored), at.ms, worstCaseMs, at.beyond);
  const { closed, reasons, nextOpen, nextClose, horizon } = verdict;
  return {
    closed,
    reasons: reasons.map(({ until, ...reason }) => ({
      ...reason,
      ...(until !== undefined && { until: written(until) }),
    })),
    // when it is open the answer is the asked instant itself, to the last digit
    ...(nextOpen !== undefined && {
      nextOpen: closed ? written(nextOpen) : `${momentText(at)}Z`,
    }),
    ...(nextClose !== undefined && { nextClose: written(nextClose) }),
    ...(horizon !== undefined && { horizon: written(horizon) }),
  };
}

/** Each rule's window of each start date after deny rules, clipped to the range. */
export function answerWindows(fields: QuestionFields, stored: StoredCalendars): CalendarAnswer {
  const [from, to] = [fields.instant('from'), fields.instant('to')];
  const [fromText, toText] = [`${momentText(from)}Z`, `${momentText(to)}Z`];
  const range = { start: from.ms, end: to.beyond ? to.ms + 1 : to.ms };
  const startsLater =
    from.ms > to.ms || (from.ms === to.ms && padded(from.fraction) > padded(to.fraction));
  if (startsLater) {
    throw new CalendarError('from-after-to', `"from" ${fromText} is after "to" ${toText}`, 'from');
  }
  fields.optionalDuration('worstCase');
  const layers = scopedLayersOf(fields, stored);
  refuseLongRange(range, layers);
  const windows = fromText === toText ? [] : listWindows(layers, range);
  return {
    windows: windows.map(({ start, end, rule, layer }) => ({
      start: start === range.start ? fromText : msText(start),
      end: end === range.end ? toText : msText(end),
      rule,
      ...(layers.length > 1 && { layer }),
    })),
  };
}

/** What one answer may cost at most: days looked at, times rules; a single rule may be listed for 1,300 years. */
const mostRuleDays = 500_000;

function refuseLongRange({ start, end }: Span, layers: readonly ScopedLayer[]): void {
  const rules = layers.reduce(
    (sum, { allow, deny }) => sum + (allow === 'always' ? 1 : allow.length) + deny.length,
    0,
  );
  if (((end - start) / dayMs) * Math.max(rules, 1) <= mostRuleDays) return;
  throw new CalendarError('range-too-long', 'the range has too many windows; ask in parts', 'to');
}

function scopedLayersOf(fields: QuestionFields, stored: StoredCalendars): readonly ScopedLayer[] {
  const { layers, clientZone, tags } = calendarsOf(fields, stored);
  return scopeLayers(layers, {
    kind: fields.optionalText('kind'),
    tags: fields.optionalTexts('tags') ?? tags,
    clientZone: fields.optionalZone('clientZone') ?? clientZone,
  });
}

function written(instant: Instant): string {
  return instant.replace('.000Z', 'Z');
}

function msText(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z');
}

function padded(fraction: string): string {
  return fraction.slice(1).padEnd(9, '0');
}
