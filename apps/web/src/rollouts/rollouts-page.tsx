import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { rolloutsQuestion } from '../api/queries.ts';
import type { RolloutSummary } from '../api/types.ts';
import { IconPlus, IconRepeat, IconRoute } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { Section } from '../parts/section.tsx';
import { useFilter } from '../parts/use-filter.ts';
import { RolloutCard } from './rollout-card.tsx';

const views = [
  { value: 'under-way', label: 'Under way' },
  { value: 'over', label: 'Over' },
  { value: 'all', label: 'All' },
];

/** Every rollout; the ones under way first. */
export function RolloutsPage(): ReactElement {
  const [view, setView] = useFilter('view');
  const rollouts = useQuery(rolloutsQuestion);
  const { manages } = useRights();
  return (
    <Page
      title="Rollouts"
      actions={
        <>
          <Button
            component={Link}
            to="/cadences"
            variant="default"
            leftSection={<IconRepeat size={16} />}
          >
            Cadences
          </Button>
          {manages && (
            <Button component={Link} to="/rollouts/new" leftSection={<IconPlus size={16} />}>
              Start a rollout
            </Button>
          )}
        </>
      }
    >
      <Section
        title="Rollouts"
        count={rollouts.data?.length}
        flush
        actions={
          <SegmentedControl
            size="xs"
            aria-label="Which rollouts"
            data={views}
            value={view ?? 'all'}
            onChange={setView}
          />
        }
      >
        <QueryPanel query={rollouts} isEmpty={(all) => all.length === 0} empty={<NoRollouts />}>
          {(all) => {
            const shown = all.filter(({ state }) => suits(state, view ?? 'all'));
            if (shown.length === 0) {
              return <EmptyState title="None of this kind" icon={IconRoute} />;
            }
            return shown.map((rollout) => <RolloutCard key={rollout.id} rollout={rollout} />);
          }}
        </QueryPanel>
      </Section>
    </Page>
  );
}

function NoRollouts(): ReactElement {
  return (
    <EmptyState title="No rollout yet" icon={IconRoute}>
      Choose a change whose build passed QA, see the plan, and start it. Nothing leaves before you
      press start.
    </EmptyState>
  );
}

function suits(state: RolloutSummary['state'], view: string): boolean {
  const isOver = state === 'done' || state === 'stopped' || state === 'closed';
  return view === 'all' || (view === 'over') === isOver;
}
