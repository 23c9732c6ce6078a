import { Switch } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { NthWeekdayFields } from '../../parts/nth-weekday-fields.tsx';
import { describeRule } from '../document/describe-rule.ts';
import { withMonthly } from '../document/edit-monthly.ts';
import { monthlyRules, type MonthlyPattern } from '../document/patterns.ts';
import { monthlyPatternOf } from '../document/rule-patterns.ts';
import { FormFrame, ForWhom, Hours, type PatternFormProps } from './form-parts.tsx';
import { NameInput } from './name-input.tsx';

const usual: MonthlyPattern = {
  name: 'Fourth Thursday',
  nth: 4,
  weekday: 'thu',
  months: [],
  from: '20:00',
  to: '23:00',
  kinds: [],
  tags: [],
  isOnly: false,
};

/** The nth weekday of the month, for some clients perhaps the only day they have. */
export function MonthlyForm({ document, place, onDone }: PatternFormProps): ReactElement {
  const [pattern, setPattern] = useState(
    () => (place && monthlyPatternOf(document, place)) ?? usual,
  );
  const change = (part: Partial<MonthlyPattern>): void => {
    setPattern((before) => ({ ...before, ...part }));
  };
  const { name, from, to, tags } = pattern;
  const { allow, deny } = monthlyRules(pattern);
  return (
    <FormFrame
      canAdd={name !== '' && from !== '' && to !== '' && from !== to}
      says={`Open: ${describeRule(allow)}${deny === null ? '' : ', and on no other day'}.`}
      onAdd={() => {
        onDone(withMonthly(document, place, pattern));
      }}
    >
      <NameInput
        value={name}
        onChange={(value) => {
          change({ name: value });
        }}
      />
      <NthWeekdayFields value={pattern} onChange={change} />
      <Hours from={from} to={to} onChange={change} />
      <ForWhom kinds={pattern.kinds} tags={tags} onChange={change} />
      <Switch
        label={tags.length === 0 ? 'Nobody has other days' : 'These clients have no other days'}
        checked={pattern.isOnly}
        onChange={(event) => {
          change({ isOnly: event.currentTarget.checked });
        }}
      />
    </FormFrame>
  );
}
