import { Button, Menu, Modal, Text } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import {
  IconBan,
  IconCalendar,
  IconCalendarEvent,
  IconGift,
  IconPlus,
  IconSnowflake,
  IconUsers,
} from '../../icons.ts';
import type { CalendarDocument } from '../document/calendar-document.ts';
import { CoverageForm } from './coverage-form.tsx';
import type { PatternFormProps } from './form-parts.tsx';
import { HolidaysForm } from './holidays-form.tsx';
import { MonthlyForm } from './monthly-form.tsx';
import { PeriodEndForm } from './period-end-form.tsx';
import { SpanForm } from './span-form.tsx';
import { WeeklyForm } from './weekly-form.tsx';

const patterns = [
  {
    name: 'weekly',
    title: 'Weekdays and hours',
    example: 'Tuesday to Thursday evenings',
    icon: IconCalendar,
    form: WeeklyForm,
  },
  {
    name: 'monthly',
    title: 'A weekday of the month',
    example: 'The fourth Thursday, for the big clients',
    icon: IconCalendarEvent,
    form: MonthlyForm,
  },
  {
    name: 'period-end',
    title: 'Freeze at the end or start of a period',
    example: 'Not in the last three business days of a quarter',
    icon: IconBan,
    form: PeriodEndForm,
  },
  {
    name: 'span',
    title: 'Freeze between dates',
    example: 'Year-end freeze, every year or once',
    icon: IconSnowflake,
    form: SpanForm,
  },
  {
    name: 'holidays',
    title: 'Public holidays',
    example: 'By country and region, reviewed by you',
    icon: IconGift,
    form: HolidaysForm,
  },
  {
    name: 'coverage',
    title: 'Who has to be there',
    example: 'Two escalation people for the next eight support hours',
    icon: IconUsers,
    form: CoverageForm,
  },
] as const;

interface AddRuleMenuProps {
  readonly document: CalendarDocument;
  readonly onEdit: (document: CalendarDocument) => void;
}

/** The six things people say about rollout days, each as a form. */
export function AddRuleMenu({ document, onEdit }: AddRuleMenuProps): ReactElement {
  const [name, setName] = useState<string | null>(null);
  const open = patterns.find((pattern) => pattern.name === name);
  const close = (): void => {
    setName(null);
  };
  return (
    <>
      <Menu position="bottom-end" width={340}>
        <Menu.Target>
          <Button leftSection={<IconPlus size={16} />}>Add a rule</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {patterns.map(({ name: key, title, example, icon: Icon }) => (
            <Menu.Item
              key={key}
              leftSection={<Icon size={18} aria-hidden />}
              onClick={() => {
                setName(key);
              }}
            >
              {title}
              <Text size="xs" c="dimmed">
                {example}
              </Text>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {open !== undefined && (
        <Modal opened onClose={close} title={open.title} size="lg">
          <Form
            of={open.form}
            document={document}
            onDone={(edited) => {
              onEdit(edited);
              close();
            }}
          />
        </Modal>
      )}
    </>
  );
}

function Form({
  of: Pattern,
  ...props
}: PatternFormProps & {
  readonly of: (props: PatternFormProps) => ReactElement;
}): ReactElement {
  return <Pattern {...props} />;
}
