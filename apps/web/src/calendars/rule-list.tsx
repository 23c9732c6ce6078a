import { ActionIcon, Group, Stack, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import {
  IconBan,
  IconCalendar,
  IconCircleCheck,
  IconPencil,
  IconTrash,
  IconUsers,
} from '../icons.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Section } from '../parts/section.tsx';
import { weekdayNames } from '../words/dates.ts';
import { countOf, listWords } from '../words/terms.ts';
import type { CalendarDocument } from './document/calendar-document.ts';
import { describeCoverage, describeRule } from './document/describe-rule.ts';
import { rulesOf, withCoverage, withoutRule, type RulePlace } from './document/edit-document.ts';
import classes from './rule-list.module.css';

/** What can be changed by itself. */
export type CalendarPart = RulePlace | 'coverage';

interface RuleListProps {
  readonly document: CalendarDocument;
  /** null = may only be read. */
  readonly edit: {
    readonly onDraft: (document: CalendarDocument) => void;
    readonly onOpen: (part: CalendarPart) => void;
  } | null;
}

/** What a calendar says, in words, and the way to change or remove each part. */
export function RuleList({ document, edit }: RuleListProps): ReactElement {
  const isEmpty = document.allow === undefined || document.allow.length === 0;
  return (
    <Section title="Rules in words">
      <Stack gap="lg">
        <RuleGroup title="Open" icon={<IconCircleCheck size={16} aria-hidden />} tone="good">
          {document.allow === 'always' && <Text size="sm">At any time</Text>}
          {isEmpty && (
            <EmptyState title="Nothing is allowed yet" icon={IconCalendar}>
              Add weekdays and hours first: without them no window is ever open.
            </EmptyState>
          )}
          <Rules list="allow" document={document} edit={edit} />
        </RuleGroup>
        {document.deny !== undefined && (
          <RuleGroup title="Closed" icon={<IconBan size={16} aria-hidden />} tone="ask">
            <Rules list="deny" document={document} edit={edit} />
          </RuleGroup>
        )}
        {document.coverage !== undefined && <Coverage document={document} edit={edit} />}
        <BusinessDays document={document} />
      </Stack>
    </Section>
  );
}

interface RuleGroupProps {
  readonly title: string;
  readonly icon: ReactNode;
  readonly tone: 'good' | 'ask' | 'calm';
  readonly children: ReactNode;
}

function RuleGroup({ title, icon, tone, children }: RuleGroupProps): ReactElement {
  return (
    <div>
      <Group gap={6} mb={6} className={classes['head'] ?? ''} data-tone={tone}>
        {icon}
        <Text size="sm" fw={650} component="h3">
          {title}
        </Text>
      </Group>
      {children}
    </div>
  );
}

function Rules({
  list,
  document,
  edit,
}: RuleListProps & { readonly list: RulePlace['list'] }): ReactElement {
  return (
    <ul className={classes['rules']}>
      {rulesOf(document, list).map((rule, index) => {
        const name = rule.name ?? `Rule ${index + 1}`;
        return (
          <li key={`${index} ${name}`} className={classes['rule']}>
            <div>
              <Text size="sm" fw={550}>
                {name}
              </Text>
              <Text size="sm" c="dimmed">
                {describeRule(rule)}
              </Text>
            </div>
            {edit !== null && (
              <Verbs
                name={name}
                onChange={() => {
                  edit.onOpen({ list, index });
                }}
                onRemove={() => {
                  edit.onDraft(withoutRule(document, { list, index }));
                }}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface VerbsProps {
  readonly name: string;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

function Verbs({ name, onChange, onRemove }: VerbsProps): ReactElement {
  return (
    <Group gap={4} wrap="nowrap">
      <ActionIcon variant="subtle" color="gray" aria-label={`Change ${name}`} onClick={onChange}>
        <IconPencil size={16} />
      </ActionIcon>
      <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={onRemove}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
}

function Coverage({ document, edit }: RuleListProps): ReactElement | null {
  const { coverage } = document;
  if (coverage === undefined) return null;
  return (
    <RuleGroup title="Who has to be there" icon={<IconUsers size={16} aria-hidden />} tone="calm">
      <ul className={classes['rules']}>
        <li className={classes['rule']}>
          <div>
            {describeCoverage(coverage).map((need) => (
              <Text key={need} size="sm" fw={550}>
                {need}
              </Text>
            ))}
            {Object.entries(coverage.teams).map(([name, team]) => (
              <Text key={name} size="sm" c="dimmed">
                {name}: {team.people} people, {team.hours.map(describeRule).join('; ')}
              </Text>
            ))}
            {(coverage.away ?? []).map(({ team, between, people }) => (
              <Text key={`${team} ${between[0]}`} size="sm" c="dimmed">
                {people} of {team} away: {describeRule({ between }).toLowerCase()}
              </Text>
            ))}
          </div>
          {edit !== null && (
            <Verbs
              name="who has to be there"
              onChange={() => {
                edit.onOpen('coverage');
              }}
              onRemove={() => {
                edit.onDraft(withCoverage(document, null));
              }}
            />
          )}
        </li>
      </ul>
    </RuleGroup>
  );
}

function BusinessDays({ document }: { readonly document: CalendarDocument }): ReactElement {
  const { weekdays, hours = usualHours, except = [], extra = [] } = document.businessDays ?? {};
  const days = weekdays?.map((day) => weekdayNames[day]) ?? ['Monday to Friday'];
  const parts = [
    `${listWords(days)}, ${hours.from}–${hours.to}`,
    ...(except.length > 0 ? [`not on ${listWords(except)}`] : []),
    ...(extra.length > 0 ? [`and ${countOf(extra.length, 'extra day')}`] : []),
  ];
  const sets = Object.entries(document.holidays ?? {}).map(
    ([name, dates]) => ` ${name}: ${countOf(dates.length, 'date')}.`,
  );
  return (
    <Text size="sm" c="dimmed">
      Business days: {parts.join(', ')}.{sets.join('')}
    </Text>
  );
}

const usualHours = { from: '09:00', to: '17:00' };
