import { deniedTime, openTimeOf, type ScopedLayer } from './calendar-layer.ts';
import type { PlacedRule } from './rule-windows.ts';
import { difference, intersection, touching, type Span } from './span.ts';

/** A window of one rule on one start date, or what deny rules and the range have left of it. */
export interface RuleWindow extends Span {
  readonly layer: string;
  readonly rule: string;
}

/**
 * The windows of every allow rule after all deny rules, not joined, clipped to the range and in order of time.
 * A layer that is always open has no windows of its own beside one that has rules.
 */
export function listWindows(layers: readonly ScopedLayer[], range: Span): readonly RuleWindow[] {
  const withRules = layers.filter(({ allow }) => allow !== 'always');
  return (withRules.length > 0 ? withRules : layers)
    .flatMap((layer) => {
      const others = openTimeOf(layers.filter((each) => each !== layer))(range);
      const left = difference(others, deniedTime(layer, range));
      return ruleWindows(layer, range).flatMap(({ rule, window }) =>
        intersection([window], touching(left, window)).map((span) => ({
          ...span,
          layer: layer.layer,
          rule,
        })),
      );
    })
    .sort((a, b) => a.start - b.start);
}

/** The rule of `allow: always` is called `always`. */
function ruleWindows(
  { allow, isReplaced }: ScopedLayer,
  range: Span,
): readonly { readonly rule: string; readonly window: Span }[] {
  if (isReplaced) return [];
  if (allow === 'always') return [{ rule: 'always', window: range }];
  return allow.flatMap(({ rule, windows }: PlacedRule) =>
    windows(range).map((window) => ({ rule: rule.name, window })),
  );
}
