import { useState, type ReactElement } from 'react';
import { describeRule } from '../document/describe-rule.ts';
import { ruleAt, withRule } from '../document/edit-document.ts';
import { weeklyRule, type WeeklyPattern } from '../document/patterns.ts';
import { weeklyPatternOf } from '../document/rule-patterns.ts';
import { FormFrame, ForWhom, Hours, type PatternFormProps, WeekdayPicker } from './form-parts.tsx';
import { NameInput } from './name-input.tsx';

const usual: WeeklyPattern = {
  name: 'Tuesday to Thursday evenings',
  weekdays: ['tue', 'wed', 'thu'],
  from: '20:00',
  to: '23:00',
  kinds: [],
  tags: [],
};

/** Some weekdays, some hours. */
export function WeeklyForm({ document, place, onDone }: PatternFormProps): ReactElement {
  const stored = place && ruleAt(document, place);
  const [pattern, setPattern] = useState(() => (stored && weeklyPatternOf(stored)) ?? usual);
  const change = (part: Partial<WeeklyPattern>): void => {
    setPattern((before) => ({ ...before, ...part }));
  };
  const { name, weekdays, from, to } = pattern;
  const rule = weeklyRule(pattern);
  return (
    <FormFrame
      canAdd={name !== '' && weekdays.length > 0 && from !== '' && to !== '' && from !== to}
      says={`Open: ${describeRule(rule)}.`}
      onAdd={() => {
        onDone(withRule(document, place ?? 'allow', rule));
      }}
    >
      <NameInput
        value={name}
        onChange={(value) => {
          change({ name: value });
        }}
      />
      <WeekdayPicker
        label="On"
        value={weekdays}
        onChange={(value) => {
          change({ weekdays: value });
        }}
      />
      <Hours from={from} to={to} onChange={change} />
      <ForWhom kinds={pattern.kinds} tags={pattern.tags} onChange={change} />
    </FormFrame>
  );
}
