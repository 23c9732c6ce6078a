import { Alert, List, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useMemo, useState, type ReactElement } from 'react';
import type { Plan } from '../../api/types.ts';
import { IconSearch } from '../../icons.ts';
import { Section } from '../../parts/section.tsx';
import { useFilters } from '../../parts/use-filter.ts';
import { PlanDifferenceTable } from '../plan-difference-table.tsx';
import { CapacityDays } from './capacity-days.tsx';
import { countsOf, differenceOf, type PlanFilter, rowsOf, spanOf } from './plan-rows.ts';
import { PlanTimeline } from './plan-timeline.tsx';
import { PlanWarnings } from './plan-warnings.tsx';
import classes from './plan-view.module.css';
import { RehearsalPanel } from './rehearsal-panel.tsx';
import { UnplacedClients } from './unplaced-clients.tsx';

interface PlanViewProps {
  readonly plan: Plan;
  /** The plan shown before this one, so that a re-plan shows what it changed. */
  readonly before: Plan | null;
}

/** A plan in full: who goes when, who cannot and why, how full the days are, how it would run. */
export function PlanView({ plan, before }: PlanViewProps): ReactElement {
  const difference = plan.difference ?? (before === null ? null : differenceOf(before, plan));
  return (
    <Stack gap="lg">
      <UnplacedClients plan={plan} />
      {difference !== null && (
        <Section title="What changed" count={difference.moves.length}>
          <PlanDifferenceTable difference={difference} />
        </Section>
      )}
      {plan.likeDiffers.length > 0 && (
        <Alert color="harbour" title="Taken over from the other rollout, except">
          <List size="sm">
            {plan.likeDiffers.map((text) => (
              <List.Item key={text}>{text}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <PlanWarnings warnings={plan.warnings} />
      <CapacityDays capacity={plan.capacity} />
      <Clients plan={plan} />
      <RehearsalPanel key={plan.id} planId={plan.id} />
    </Stack>
  );
}

function Clients({ plan }: { readonly plan: Plan }): ReactElement {
  const [params, setFilters] = useFilters();
  const [text, setText] = useState(params.get('search') ?? '');
  const filter = filters.find((each) => each === params.get('show')) ?? 'all';
  const cohort = params.get('cohort');
  const counts = useMemo(() => countsOf(plan), [plan]);
  const span = useMemo(() => spanOf(plan), [plan]);
  const rows = useMemo(() => rowsOf(plan, { filter, cohort, text }), [plan, filter, cohort, text]);
  return (
    <Section
      title="Clients on their days"
      count={rows.length}
      flush
      actions={
        <div className={classes['filters']}>
          <SegmentedControl
            size="xs"
            aria-label="Which clients"
            value={filter}
            onChange={(value) => {
              setFilters({ show: value === 'all' ? null : value });
            }}
            data={filters.map((each) => ({
              value: each,
              label: `${filterWords[each]} ${counts[each]}`,
            }))}
          />
          <Select
            size="xs"
            aria-label="Cohort"
            placeholder="Every cohort"
            clearable
            clearButtonProps={{ 'aria-label': 'Every cohort' }}
            data={plan.cohorts.map(({ name }) => name)}
            value={cohort}
            onChange={(name) => {
              setFilters({ cohort: name });
            }}
          />
          <TextInput
            size="xs"
            aria-label="Search clients"
            placeholder="Search"
            leftSection={<IconSearch size={14} />}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setFilters({ search: event.currentTarget.value });
            }}
          />
        </div>
      }
    >
      <PlanTimeline rows={rows} span={span} capacity={plan.capacity} />
    </Section>
  );
}

const filters = ['all', 'unplaced', 'differs', 'moved'] as const;

const filterWords = {
  all: 'All',
  unplaced: 'Not placed',
  differs: 'Differ',
  moved: 'Moved or chosen',
} as const satisfies Record<PlanFilter, string>;
