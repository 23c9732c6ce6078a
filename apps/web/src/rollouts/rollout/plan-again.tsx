import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { api, take } from '../../api/client.ts';
import { planQuestion } from '../../api/queries.ts';
import type { Plan, Rollout } from '../../api/types.ts';
import { useAct } from '../../api/use-act.ts';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { useFilters } from '../../parts/use-filter.ts';
import { PlanDifferenceTable } from '../plan-difference-table.tsx';

/** New dates for clients that missed theirs, or whose date is closed now: first the difference, then the decision. */
export function PlanAgain({ rollout }: { readonly rollout: Rollout }): ReactElement | null {
  const [params, setFilters] = useFilters();
  const planId = params.get('plan') ?? rollout.pendingPlan?.id ?? null;
  const client = params.get('client');
  const close = (): void => {
    setFilters({ do: null, plan: null });
  };
  if (params.get('do') === 'review-plan' && planId !== null) {
    return <ReviewPlan rolloutId={rollout.id} planId={planId} onClose={close} />;
  }
  if (params.get('do') !== 'plan-again') return null;
  return (
    <ReasonDialog
      title={client === null ? 'Plan clients again' : 'Plan this client again'}
      verb="Find new dates"
      onClose={close}
      act={(reason) => planAgain(rollout.id, client, reason)}
      onDone={({ id }) => {
        setFilters({ do: 'review-plan', plan: id, client: null });
      }}
    >
      <Text size="sm">
        {client === null &&
          'Whoever missed its date, or whose date is closed now, gets a new one; all others keep theirs. '}
        Daymark shows the difference first: nothing moves and nobody is told before you apply it.
      </Text>
    </ReasonDialog>
  );
}

interface ReviewPlanProps {
  readonly rolloutId: string;
  readonly planId: string;
  readonly onClose: () => void;
}

function ReviewPlan({ rolloutId, planId, onClose }: ReviewPlanProps): ReactElement {
  const plan = useQuery({ ...planQuestion(planId), staleTime: Infinity });
  const apply = useAct((seen: Plan) => applyPlan(rolloutId, seen), {
    said: () => 'New dates are set',
    then: onClose,
  });
  return (
    <Modal opened onClose={onClose} title="What the new dates change" size="xl">
      <QueryPanel query={plan}>
        {(seen) => (
          <Stack>
            <Text size="sm">{seen.summary}</Text>
            {seen.difference !== null && <PlanDifferenceTable difference={seen.difference} />}
            {apply.isError && <ProblemAlert error={apply.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                Not now
              </Button>
              <Button
                loading={apply.isPending}
                onClick={() => {
                  apply.mutate(seen);
                }}
              >
                Apply
              </Button>
            </Group>
          </Stack>
        )}
      </QueryPanel>
    </Modal>
  );
}

function planAgain(id: string, client: string | null, reason: string): Promise<Plan> {
  const clients = client === null ? ('all' as const) : [client];
  return take(
    api.POST('/v1/rollouts/{id}/plans', { params: { path: { id } }, body: { clients, reason } }),
  );
}

function applyPlan(id: string, { id: planId, hash }: Plan): Promise<unknown> {
  return take(
    api.POST('/v1/rollouts/{id}/plans/{planId}/apply', {
      params: { path: { id, planId } },
      body: { hash },
    }),
  );
}
