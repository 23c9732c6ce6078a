import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { planQuestion } from '../../api/queries.ts';
import type { Plan } from '../../api/types.ts';
import { Ago } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { useFilter } from '../../parts/use-filter.ts';
import { PlanHeadline } from './plan-headline.tsx';
import { PlanView } from './plan-view.tsx';
import { useEarlierPlan } from './use-earlier-plan.ts';

/** A plan by its address: the one a colleague sends before anything starts. */
export function PlanPage(): ReactElement {
  const { id = '' } = useParams();
  const plan = useQuery({ ...planQuestion(id), staleTime: Infinity });
  const [beforeId] = useFilter('before');
  const before = useEarlierPlan(beforeId);
  const rolloutId = plan.data?.rolloutId ?? null;
  return (
    <Page
      title={plan.data === undefined ? 'Plan' : `Plan for ${plan.data.change}`}
      back={{ to: '/rollouts', label: 'Rollouts' }}
      below={plan.data !== undefined && <Below plan={plan.data} />}
      actions={
        rolloutId !== null && (
          <Button component={Link} to={`/rollouts/${rolloutId}`} variant="default">
            Its rollout
          </Button>
        )
      }
    >
      <QueryPanel query={plan} rows={10}>
        {(data) => (
          <>
            <PlanHeadline plan={data} />
            <PlanView plan={data} before={before} />
          </>
        )}
      </QueryPanel>
    </Page>
  );
}

function Below({ plan }: { readonly plan: Plan }): ReactElement {
  return (
    <Text size="sm" c="dimmed">
      {plan.build === null ? 'Before its build exists' : `Build ${plan.build}`} · policy{' '}
      {plan.policy} · planned <Ago at={plan.plannedAt} />
    </Text>
  );
}
