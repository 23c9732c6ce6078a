import type { ReactElement } from 'react';
import {
  IconBan,
  IconCalendar,
  IconCalendarEvent,
  IconGift,
  IconSnowflake,
  IconUsers,
} from '../../icons.ts';
import type { PatternName } from '../document/rule-patterns.ts';
import type { Look } from '../../words/look.ts';
import { CoverageForm } from './coverage-form.tsx';
import type { PatternFormProps } from './form-parts.tsx';
import { HolidaysForm } from './holidays-form.tsx';
import { MonthlyForm } from './monthly-form.tsx';
import { PeriodEndForm } from './period-end-form.tsx';
import { SpanForm } from './span-form.tsx';
import { WeeklyForm } from './weekly-form.tsx';

interface RuleFormLook {
  readonly title: string;
  readonly example: string;
  readonly icon: Look['icon'];
  readonly form: (props: PatternFormProps) => ReactElement;
}

/** The six things people say about rollout days, each as a form. */
export const ruleForms = {
  weekly: {
    title: 'Weekdays and hours',
    example: 'Tuesday to Thursday evenings',
    icon: IconCalendar,
    form: WeeklyForm,
  },
  monthly: {
    title: 'A weekday of the month',
    example: 'The fourth Thursday, for the big clients',
    icon: IconCalendarEvent,
    form: MonthlyForm,
  },
  'period-end': {
    title: 'Freeze at the end or start of a period',
    example: 'Not in the last three business days of a quarter',
    icon: IconBan,
    form: PeriodEndForm,
  },
  span: {
    title: 'Freeze between dates',
    example: 'Year-end freeze, every year or once',
    icon: IconSnowflake,
    form: SpanForm,
  },
  holidays: {
    title: 'Public holidays',
    example: 'By country and region, reviewed by you',
    icon: IconGift,
    form: HolidaysForm,
  },
  coverage: {
    title: 'Who has to be there',
    example: 'Two escalation people for the next eight support hours',
    icon: IconUsers,
    form: CoverageForm,
  },
} as const satisfies Record<PatternName, RuleFormLook>;
