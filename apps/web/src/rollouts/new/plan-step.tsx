import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useNavigate } from 'react-router';
import { api, take } from '../../api/client.ts';
import { reportOf } from '../../api/problem.ts';
import { planQuestion } from '../../api/queries.ts';
import type { Plan, PlanDifference } from '../../api/types.ts';
import { useAct } from '../../api/use-act.ts';
import { Ago } from '../../parts/moment.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { Section } from '../../parts/section.tsx';
import { useFilter } from '../../parts/use-filter.ts';
import { countOf } from '../../words/terms.ts';
import { PlanDifferenceTable } from '../plan-difference-table.tsx';
import { PlanTable } from './plan-table.tsx';
import { planBody, type RolloutWish } from './rollout-wish.ts';

interface PlanStepProps {
  readonly wish: RolloutWish & { readonly change: string };
}

/** The plan as it would be carried out, and the button that starts exactly this one. */
export function PlanStep({ wish }: PlanStepProps): ReactElement {
  const [planId, setPlanId] = useFilter('plan');
  const make = useAct(() => take(api.POST('/v1/plans', { body: planBody(wish) })), {
    then: ({ id }) => {
      setPlanId(id);
    },
  });
  const makeIt = (): void => {
    make.mutate(undefined);
  };
  if (planId !== null) {
    return <ShownPlan planId={planId} onAgain={makeIt} isBusy={make.isPending} />;
  }
  return (
    <Section title="Plan">
      <Stack align="flex-start">
        <Text size="sm">
          Daymark now looks for a slot for every client, by its calendars and within the limits.
        </Text>
        {make.isPending && <Skeleton height={120} />}
        {make.isError && <ProblemAlert error={make.error} />}
        <Button loading={make.isPending} onClick={makeIt}>
          Make the plan
        </Button>
      </Stack>
    </Section>
  );
}

interface ShownPlanProps {
  readonly planId: string;
  readonly onAgain: () => void;
  readonly isBusy: boolean;
}

function ShownPlan({ planId, onAgain, isBusy }: ShownPlanProps): ReactElement {
  const plan = useQuery({ ...planQuestion(planId), staleTime: Infinity });
  const navigate = useNavigate();
  const start = useAct(
    ({ id, hash }: Plan) => take(api.POST('/v1/rollouts', { body: { planId: id, hash } })),
    {
      said: ({ name }) => `${name} is started`,
      then: ({ id }) => void navigate(`/rollouts/${id}`),
    },
  );
  return (
    <QueryPanel query={plan} rows={8}>
      {(data) => (
        <Stack>
          <Section
            title="Plan"
            actions={
              <Group gap="xs">
                <Button variant="default" loading={isBusy} onClick={onAgain}>
                  Plan again
                </Button>
                <Button
                  loading={start.isPending}
                  onClick={() => {
                    start.mutate(data);
                  }}
                >
                  Start for {countOf(data.clients.filter(({ placed }) => placed).length, 'client')}
                </Button>
              </Group>
            }
          >
            <Text fw={550}>{data.summary}</Text>
            <Text size="sm" c="dimmed">
              {data.cohorts.map(({ name, clients }) => `${name}: ${clients}`).join(' · ')} · planned{' '}
              <Ago at={data.plannedAt} />
            </Text>
          </Section>
          {start.isError && <StartProblem error={start.error} onAgain={onAgain} />}
          {data.warnings.length > 0 && <Warnings plan={data} />}
          <PlanTable plan={data} />
        </Stack>
      )}
    </QueryPanel>
  );
}

function StartProblem({
  error,
  onAgain,
}: {
  readonly error: unknown;
  readonly onAgain: () => void;
}): ReactElement {
  const { code, extra } = reportOf(error);
  if (code !== 'PLAN_STALE') return <ProblemAlert error={error} />;
  const difference = extra['difference'] as PlanDifference | null | undefined;
  return (
    <Alert color="amber" title="The world moved on since this plan was made">
      <Stack>
        <Text size="sm">Nothing was started. This is what a plan made now would change:</Text>
        {difference && <PlanDifferenceTable difference={difference} />}
        <Button w="fit-content" onClick={onAgain}>
          Plan again
        </Button>
      </Stack>
    </Alert>
  );
}

function Warnings({ plan }: { readonly plan: Plan }): ReactElement {
  return (
    <Alert color="amber" title={countOf(plan.warnings.length, 'warning')}>
      {plan.warnings.map(({ client, name, warning }) => (
        <Text size="sm" key={`${client} ${warning}`}>
          <strong>{name}:</strong> {warning}
        </Text>
      ))}
    </Alert>
  );
}
