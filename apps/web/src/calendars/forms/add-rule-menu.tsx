import { Button, Menu, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { IconPlus } from '../../icons.ts';
import type { PatternName } from '../document/rule-patterns.ts';
import { ruleForms } from './rule-forms.ts';

interface AddRuleMenuProps {
  readonly onChoose: (pattern: PatternName) => void;
}

/** The patterns to choose from for a new rule. */
export function AddRuleMenu({ onChoose }: AddRuleMenuProps): ReactElement {
  return (
    <Menu position="bottom-end" width={340}>
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} />}>Add a rule</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {patterns.map((pattern) => {
          const { title, example, icon: Icon } = ruleForms[pattern];
          return (
            <Menu.Item
              key={pattern}
              leftSection={<Icon size={18} aria-hidden />}
              onClick={() => {
                onChoose(pattern);
              }}
            >
              {title}
              <Text size="xs" c="dimmed">
                {example}
              </Text>
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

const patterns: readonly PatternName[] = [
  'weekly',
  'monthly',
  'period-end',
  'span',
  'holidays',
  'coverage',
];
