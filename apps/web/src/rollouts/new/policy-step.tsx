import { Badge, Group, Radio, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { changeQuestion, policiesQuestion } from '../../api/queries.ts';
import type { Policy } from '../../api/types.ts';
import { QueryPanel } from '../../parts/query-panel.tsx';
import { consentWords, readable } from '../../words/terms.ts';
import classes from './new-rollout-page.module.css';
import type { RolloutWish } from './rollout-wish.ts';

interface PolicyStepProps {
  readonly wish: RolloutWish;
  readonly change: string;
  readonly onWish: (wish: RolloutWish) => void;
}

/** How clients are asked and told; Daymark proposes one by the assessment. */
export function PolicyStep({ wish, change, onWish }: PolicyStepProps): ReactElement {
  const policies = useQuery(policiesQuestion);
  const proposed = useQuery(changeQuestion(change)).data?.policy ?? null;
  return (
    <QueryPanel query={policies}>
      {(all) => (
        <Radio.Group
          aria-label="Policy"
          value={wish.policy ?? proposed}
          onChange={(policy) => {
            onWish({ ...wish, policy });
          }}
        >
          <div className={classes['options']}>
            {all.map((policy) => (
              <Radio.Card key={policy.name} value={policy.name} className={classes['option'] ?? ''}>
                <Group wrap="nowrap" align="flex-start">
                  <Radio.Indicator />
                  <div>
                    <Group gap="xs">
                      <Text fw={600}>{policy.title}</Text>
                      {policy.name === proposed && <Badge size="sm">Proposed</Badge>}
                    </Group>
                    <Text size="sm" c="dimmed">
                      {describe(policy)}
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
      )}
    </QueryPanel>
  );
}

function describe({ document }: Policy): string {
  const consent = Object.entries(consentWords).find(([kind]) => kind === document['consent'])?.[1];
  const calendar = document['calendar'];
  return [
    consent === undefined ? null : `Clients: ${consent.toLowerCase()}`,
    typeof calendar === 'string' ? `${readable(calendar).toLowerCase()} calendar` : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
