import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { api, take } from '../../api/client.ts';
import type { Deployment } from '../../api/types.ts';
import { IconRocket } from '../../icons.ts';
import { useRights } from '../../layout/me.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Ago } from '../../parts/moment.tsx';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import { deploymentStates } from '../../words/states.ts';
import { readable } from '../../words/terms.ts';

type Outcome = 'succeeded' | 'failed';

interface DeploymentListProps {
  readonly rolloutId: string;
  readonly deployments: readonly Deployment[];
}

/** Every order to a deployer, what came of it, and what the site itself said. */
export function DeploymentList({ rolloutId, deployments }: DeploymentListProps): ReactElement {
  const [asked, setAsked] = useState<{ readonly id: string; readonly outcome: Outcome } | null>(
    null,
  );
  if (deployments.length === 0) {
    return <EmptyState title="Nothing was deployed yet" icon={IconRocket} />;
  }
  return (
    <Stack gap="xs">
      {deployments.map((deployment) => (
        <DeploymentCard
          key={deployment.id}
          deployment={deployment}
          onSettle={(outcome) => {
            setAsked({ id: deployment.id, outcome });
          }}
        />
      ))}
      {asked !== null && (
        <ReasonDialog
          title={`This deployment ${asked.outcome}`}
          verb={`It ${asked.outcome}`}
          label="How do you know?"
          danger={asked.outcome === 'failed'}
          said="The outcome is recorded"
          onClose={() => {
            setAsked(null);
          }}
          act={(detail) =>
            take(
              api.POST('/v1/rollouts/{id}/deployments/{deploymentId}/settle', {
                params: { path: { id: rolloutId, deploymentId: asked.id } },
                body: { outcome: asked.outcome, detail },
              }),
            )
          }
        />
      )}
    </Stack>
  );
}

interface DeploymentCardProps {
  readonly deployment: Deployment;
  readonly onSettle: (outcome: Outcome) => void;
}

const open: readonly Deployment['state'][] = ['unknown', 'running', 'dispatching'];

function DeploymentCard({ deployment, onSettle }: DeploymentCardProps): ReactElement {
  const { manages } = useRights();
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {deployment.build} to {deployment.site}
        </Text>
        <StateBadge look={deploymentStates[deployment.state]} />
      </Group>
      <Text size="xs" c="dimmed">
        Attempt {deployment.attempt} · ordered <Ago at={deployment.claimedAt} />
        {deployment.verification !== null &&
          ` · the site says: ${readable(deployment.verification).toLowerCase()}`}
      </Text>
      {deployment.detail !== null && <Text size="sm">{deployment.detail}</Text>}
      {manages && open.includes(deployment.state) && (
        <Group gap="xs" mt="xs">
          <Button
            size="compact-xs"
            variant="light"
            onClick={() => {
              onSettle('succeeded');
            }}
          >
            It succeeded
          </Button>
          <Button
            size="compact-xs"
            variant="light"
            color="signal"
            onClick={() => {
              onSettle('failed');
            }}
          >
            It failed
          </Button>
        </Group>
      )}
    </Paper>
  );
}
