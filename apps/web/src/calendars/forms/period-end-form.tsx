import { NumberInput, Select, SimpleGrid } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { describeRule } from '../document/describe-rule.ts';
import { ruleAt, withRule } from '../document/edit-document.ts';
import { periodEndRule, type PeriodEndPattern } from '../document/patterns.ts';
import { periodEndPatternOf } from '../document/rule-patterns.ts';
import { FormFrame, type PatternFormProps } from './form-parts.tsx';
import { NameInput } from './name-input.tsx';

const usual: PeriodEndPattern = { name: 'Quarter end', edge: 'last', count: 3, period: 'quarter' };

/** The first or last business days of every month, quarter or year are closed. */
export function PeriodEndForm({ document, place, onDone }: PatternFormProps): ReactElement {
  const stored = place && ruleAt(document, place);
  const [pattern, setPattern] = useState(() => (stored && periodEndPatternOf(stored)) ?? usual);
  const change = (part: Partial<PeriodEndPattern>): void => {
    setPattern((before) => ({ ...before, ...part }));
  };
  const rule = periodEndRule(pattern);
  return (
    <FormFrame
      canAdd={pattern.name !== '' && pattern.count >= 1}
      says={`Closed: ${describeRule(rule)}.`}
      onAdd={() => {
        onDone(withRule(document, place ?? 'deny', rule));
      }}
    >
      <NameInput
        value={pattern.name}
        onChange={(name) => {
          change({ name });
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label="The"
          allowDeselect={false}
          data={[
            { value: 'last', label: 'last' },
            { value: 'first', label: 'first' },
          ]}
          value={pattern.edge}
          onChange={(value) => {
            change({ edge: value === 'first' ? 'first' : 'last' });
          }}
        />
        <NumberInput
          label="Business days"
          min={1}
          max={15}
          allowDecimal={false}
          value={pattern.count}
          onChange={(value) => {
            change({ count: Number(value) });
          }}
        />
        <Select
          label="Of every"
          allowDeselect={false}
          data={['month', 'quarter', 'year']}
          value={pattern.period}
          onChange={(value) => {
            change({ period: value === 'month' || value === 'year' ? value : 'quarter' });
          }}
        />
      </SimpleGrid>
    </FormFrame>
  );
}
