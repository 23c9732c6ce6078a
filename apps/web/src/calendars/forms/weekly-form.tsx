import { useState, type ReactElement } from 'react';
import { describeRule } from '../document/describe-rule.ts';
import { withRule } from '../document/edit-document.ts';
import { weeklyRule, type WeeklyPattern } from '../document/patterns.ts';
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
export function WeeklyForm({ document, onDone }: PatternFormProps): ReactElement {
  const [pattern, setPattern] = useState(usual);
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
        onDone(withRule(document, 'allow', rule));
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
