import { SegmentedControl, SimpleGrid, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { describeRule } from '../document/describe-rule.ts';
import { ruleAt, withRule } from '../document/edit-document.ts';
import { spanRule, type SpanPattern } from '../document/patterns.ts';
import { spanPatternOf } from '../document/rule-patterns.ts';
import { FormFrame, ForWhom, type PatternFormProps } from './form-parts.tsx';
import { NameInput } from './name-input.tsx';

const usual: SpanPattern = { name: 'Freeze', repeats: 'once', from: '', to: '', kinds: [] };

/** Nothing between two dates, once or in every year. */
export function SpanForm({ document, place, onDone }: PatternFormProps): ReactElement {
  const stored = place && ruleAt(document, place);
  const [pattern, setPattern] = useState(
    () => (stored && spanPatternOf(stored, new Date().getFullYear())) ?? usual,
  );
  const change = (part: Partial<SpanPattern>): void => {
    setPattern((before) => ({ ...before, ...part }));
  };
  const { name, repeats, from, to, kinds } = pattern;
  const isDated = from !== '' && to !== '';
  const canAdd = name !== '' && isDated && (repeats === 'yearly' || from <= to);
  return (
    <FormFrame
      canAdd={canAdd}
      {...(canAdd ? { says: `Closed: ${describeRule(spanRule(pattern))}.` } : {})}
      onAdd={() => {
        onDone(withRule(document, place ?? 'deny', spanRule(pattern)));
      }}
    >
      <NameInput
        value={name}
        onChange={(value) => {
          change({ name: value });
        }}
      />
      <SegmentedControl
        aria-label="How often"
        w="fit-content"
        value={repeats}
        onChange={(value) => {
          change({ repeats: value === 'yearly' ? 'yearly' : 'once' });
        }}
        data={[
          { value: 'once', label: 'Once' },
          { value: 'yearly', label: 'Every year' },
        ]}
      />
      <SimpleGrid cols={2}>
        <TextInput
          type="date"
          required
          label="First day"
          value={from}
          onChange={(event) => {
            change({ from: event.currentTarget.value });
          }}
        />
        <TextInput
          type="date"
          required
          label="Last day"
          value={to}
          error={isDated && repeats === 'once' && from > to ? 'Before the first day' : undefined}
          onChange={(event) => {
            change({ to: event.currentTarget.value });
          }}
        />
      </SimpleGrid>
      <ForWhom
        kinds={kinds}
        onChange={(value) => {
          change({ kinds: value.kinds });
        }}
      />
    </FormFrame>
  );
}
