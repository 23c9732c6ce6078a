import { ActionIcon, Button, Group, SegmentedControl, Select, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { clientsQuestion, timelineQuestion, type ExplainOrder } from '../../api/queries.ts';
import type { Timeline } from '../../api/types.ts';
import { IconChevronLeft, IconChevronRight } from '../../icons.ts';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { Section } from '../../parts/section.tsx';
import { useFilters } from '../../parts/use-filter.ts';
import { DayDetails } from './day-details.tsx';
import { DayGrid } from './day-grid.tsx';
import gridClasses from './day-grid.module.css';
import classes from './calendar-view.module.css';
import { spanAround, type SpanSize } from './months.ts';

interface CalendarViewProps {
  readonly title: string;
  /** What is shown; the days are added here. */
  readonly subject: Omit<ExplainOrder, 'from' | 'to'>;
  /** Each client's own time: somebody's has to be chosen. */
  readonly needsZone?: boolean;
  readonly withAudience?: boolean;
}

/** A month or a quarter of a calendar or client, with the day that was chosen beside it. */
export function CalendarView(props: CalendarViewProps): ReactElement {
  const { title, subject, needsZone = false, withAudience = true } = props;
  const [params, setFilters] = useFilters();
  const size: SpanSize = params.get('span') === 'month' ? 'month' : 'quarter';
  const moved = Number(params.get('moved')) || 0;
  const span = spanAround(today(), size, moved);
  const order = { ...subject, ...audienceOf(params, props), from: span.from, to: span.to };
  const timeline = useQuery({ ...timelineQuestion(order), placeholderData: keepPreviousData });
  return (
    <Section
      title={title}
      actions={
        <SpanButtons
          title={span.title}
          size={size}
          onSize={(next) => {
            setFilters({ span: next, moved: null });
          }}
          onMove={(by) => {
            setFilters({ moved: by === null ? null : String(moved + by) });
          }}
        />
      }
    >
      {(withAudience || needsZone) && (
        <Audience
          needsZone={needsZone}
          withAudience={withAudience}
          zone={params.get('zone') ?? viewerZone}
        />
      )}
      <QueryPanel query={timeline} rows={6}>
        {(data) => <Shown timeline={data} size={size} />}
      </QueryPanel>
    </Section>
  );
}

/** For whom the days are asked, as the address has it. */
function audienceOf(
  params: URLSearchParams,
  { needsZone = false, withAudience = true }: CalendarViewProps,
): Partial<ExplainOrder> {
  const [tag, kind] = withAudience ? [params.get('tag'), params.get('kind')] : [null, null];
  return {
    ...(needsZone ? { clientZone: params.get('zone') ?? viewerZone } : {}),
    ...(tag === null ? {} : { tags: [tag] }),
    ...(kind === null ? {} : { kind }),
  };
}

function Shown({
  timeline,
  size,
}: {
  readonly timeline: Timeline;
  readonly size: SpanSize;
}): ReactElement {
  const [chosen, setChosen] = useState<string | null>(null);
  const day =
    timeline.days.find(({ date }) => date === chosen) ??
    timeline.days.find(({ date, open }) => open.length > 0 && date >= today()) ??
    timeline.days[0];
  return (
    <div className={classes['shown']}>
      <div>
        <Text size="sm" mb="sm">
          {timeline.summary}
        </Text>
        <DayGrid timeline={timeline} size={size} chosen={day?.date ?? null} onChoose={setChosen} />
        <Legend />
      </div>
      <aside className={classes['details']} aria-label="The chosen day">
        {day !== undefined && <DayDetails day={day} />}
      </aside>
    </div>
  );
}

function Legend(): ReactElement {
  const looks = [
    ['open', 'Open'],
    ['partly', 'Open, partly closed'],
    ['closed', 'Closed by a rule'],
    ['none', 'No rollout day'],
  ] as const;
  return (
    <div className={`${gridClasses['legend'] ?? ''} ${classes['legend'] ?? ''}`}>
      {looks.map(([look, words]) => (
        <span key={look}>
          <i
            className={`${gridClasses['day'] ?? ''} ${gridClasses['sample'] ?? ''}`}
            data-look={look}
            aria-hidden
          />
          {words}
        </span>
      ))}
      <span>
        <i className={gridClasses['slots']} aria-hidden>
          2
        </i>
        Clients planned
      </span>
    </div>
  );
}

interface SpanButtonsProps {
  readonly title: string;
  readonly size: SpanSize;
  readonly onSize: (size: SpanSize) => void;
  /** null = back to today. */
  readonly onMove: (by: number | null) => void;
}

function SpanButtons({ title, size, onSize, onMove }: SpanButtonsProps): ReactElement {
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label="How much is shown"
        value={size}
        onChange={(value) => {
          onSize(value === 'month' ? 'month' : 'quarter');
        }}
        data={[
          { value: 'month', label: 'Month' },
          { value: 'quarter', label: 'Quarter' },
        ]}
      />
      <ActionIcon
        variant="default"
        aria-label={`Previous ${size}`}
        onClick={() => {
          onMove(-1);
        }}
      >
        <IconChevronLeft size={16} />
      </ActionIcon>
      <Text size="sm" fw={600} miw={116} ta="center" aria-live="polite">
        {title}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={`Next ${size}`}
        onClick={() => {
          onMove(1);
        }}
      >
        <IconChevronRight size={16} />
      </ActionIcon>
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => {
          onMove(null);
        }}
      >
        Today
      </Button>
    </Group>
  );
}

interface AudienceProps {
  readonly needsZone: boolean;
  readonly withAudience: boolean;
  readonly zone: string;
}

/** For whom it is shown: rules may speak of some clients and some kinds of change only. */
function Audience({ needsZone, withAudience, zone }: AudienceProps): ReactElement {
  const [params, setFilters] = useFilters();
  const clients = useQuery(clientsQuestion({})).data?.items ?? [];
  const zones = [...new Set([zone, ...clients.map((client) => client.zone)])].toSorted();
  return (
    <Group gap="sm" mb="md">
      {needsZone && (
        <Select
          size="xs"
          label="In the time of"
          searchable
          allowDeselect={false}
          data={zones}
          value={zone}
          onChange={(value) => {
            setFilters({ zone: value });
          }}
        />
      )}
      {withAudience && (
        <>
          <Select
            size="xs"
            label="For clients with"
            placeholder="any tag"
            clearable
            clearButtonProps={{ 'aria-label': 'For any client' }}
            data={[...new Set(clients.flatMap(({ tags }) => tags))]}
            value={params.get('tag')}
            onChange={(value) => {
              setFilters({ tag: value });
            }}
          />
          <Select
            size="xs"
            label="For a"
            placeholder="any change"
            clearable
            clearButtonProps={{ 'aria-label': 'For any change' }}
            data={['release', 'hotfix']}
            value={params.get('kind')}
            onChange={(value) => {
              setFilters({ kind: value });
            }}
          />
        </>
      )}
    </Group>
  );
}

const viewerZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The viewer's date; it only decides which month is shown first. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE').format(new Date());
}
