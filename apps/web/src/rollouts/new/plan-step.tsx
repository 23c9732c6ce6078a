import { Alert, Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useNavigate } from 'react-router';
import { api, take } from '../../api/client.ts';
import { reportOf } from '../../api/problem.ts';
import { planQuestion } from '../../api/queries.ts';
import type { Plan, PlanDifference } from '../../api/types.ts';
import { useAct } from '../../api/use-act.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { Section } from '../../parts/section.tsx';
import { useFilters } from '../../parts/use-filter.ts';
import { countOf } from '../../words/terms.ts';
import { PlanHeadline } from '../plan/plan-headline.tsx';
import { PlanView } from '../plan/plan-view.tsx';
import { useEarlierPlan } from '../plan/use-earlier-plan.ts';
import { PlanDifferenceTable } from '../plan-difference-table.tsx';
import { planBody, type RolloutWish } from './rollout-wish.ts';

interface PlanStepProps {
  readonly wish: RolloutWish & { readonly change: string };
}

/** The plan as it would be carried out, and the button that starts exactly this one. */
export function PlanStep({ wish }: PlanStepProps): ReactElement {
  const [params, setFilters] = useFilters();
  const planId = params.get('plan');
  const make = useAct(() => makePlan(wish), {
    then: ({ id }) => {
      setFilters({ plan: id, before: planId });
    },
  });
  const makeIt = (): void => {
    make.mutate(undefined);
  };
  if (planId !== null) {
    return (
      <ShownPlan
        planId={planId}
        beforeId={params.get('before')}
        onAgain={makeIt}
        isBusy={make.isPending}
      />
    );
  }
  return (
    <Section title="Plan">
      <Stack align="flex-start">
        <Text size="sm">
          Daymark now looks for a slot for every client, by its calendars and within the limits
          {wish.cadence === null ? '.' : `, from the next day of “${wish.cadence}” on.`}
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

function makePlan(wish: PlanStepProps['wish']): Promise<Plan> {
  const { cadence, change } = wish;
  if (cadence === null) return take(api.POST('/v1/plans', { body: planBody(wish) }));
  const params = { path: { name: cadence } };
  return take(api.POST('/v1/cadences/{name}/propose', { params, body: { change } }));
}

interface ShownPlanProps {
  readonly planId: string;
  /** The plan shown before “Plan again”. */
  readonly beforeId: string | null;
  readonly onAgain: () => void;
  readonly isBusy: boolean;
}

function ShownPlan({ planId, beforeId, onAgain, isBusy }: ShownPlanProps): ReactElement {
  const plan = useQuery({ ...planQuestion(planId), staleTime: Infinity });
  const before = useEarlierPlan(beforeId);
  const navigate = useNavigate();
  const start = useAct(
    ({ id, hash }: Plan) => take(api.POST('/v1/rollouts', { body: { planId: id, hash } })),
    {
      said: ({ name }) => `${name} is started`,
      then: ({ id }) => void navigate(`/rollouts/${id}`),
    },
  );
  const placed = (plan.data?.clients ?? []).filter((row) => row.placed).length;
  return (
    <QueryPanel query={plan} rows={8}>
      {(data) => (
        <Stack gap="lg">
          <PlanHeadline
            plan={data}
            actions={
              <Group gap="xs">
                <Button variant="default" loading={isBusy} onClick={onAgain}>
                  Plan again
                </Button>
                <Button
                  loading={start.isPending}
                  disabled={placed === 0}
                  title={placed === 0 ? 'No client of this plan has a date' : undefined}
                  onClick={() => {
                    start.mutate(data);
                  }}
                >
                  Start for {countOf(placed, 'client')}
                </Button>
              </Group>
            }
          />
          {data.build === null && (
            <Text size="sm" c="dimmed">
              There is no build yet: dates can be agreed on, and nothing is deployed before the
              build is there.
            </Text>
          )}
          {start.isError && <StartProblem error={start.error} onAgain={onAgain} />}
          <PlanView plan={data} before={before} />
          <Anchor component={Link} to={`/plans/${data.id}`} size="sm">
            Address of this plan, to send to a colleague
          </Anchor>
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
