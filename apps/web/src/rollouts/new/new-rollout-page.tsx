import { Button, Group, Stepper } from '@mantine/core';
import type { ReactElement } from 'react';
import { Page } from '../../parts/page.tsx';
import { useFilters } from '../../parts/use-filter.ts';
import { AssessmentStep } from './assessment-step.tsx';
import { ChangeStep } from './change-step.tsx';
import { ClientsStep } from './clients-step.tsx';
import { CohortsStep } from './cohorts-step.tsx';
import { PlanStep } from './plan-step.tsx';
import { PolicyStep } from './policy-step.tsx';
import { readWish, writeWish } from './rollout-wish.ts';
import classes from './new-rollout-page.module.css';

const titles = ['Change', 'Assessment', 'Clients', 'Cohorts', 'Policy', 'Plan'] as const;

/** From a change to a started rollout; every step is kept in the address. */
export function NewRolloutPage(): ReactElement {
  const [params, setFilters] = useFilters();
  const wish = readWish(params);
  const last = titles.length - 1;
  const step = wish.change === null ? 0 : Math.min(Number(params.get('step') ?? '0'), last);
  const go = (to: number): void => {
    setFilters({ step: String(to), plan: null, before: null });
  };
  return (
    <Page
      title="Start a rollout"
      below="Nothing is deployed and nobody is written to before the last step."
      back={{ to: '/rollouts', label: 'Rollouts' }}
    >
      <Stepper active={step} onStepClick={go} size="sm" allowNextStepsSelect={false}>
        {titles.map((title) => (
          <Stepper.Step key={title} label={title} />
        ))}
      </Stepper>
      <div className={classes['step']} key={step}>
        <Step
          step={step}
          wish={wish}
          onWish={(next) => {
            setFilters(writeWish(next));
          }}
        />
      </div>
      <Group justify="space-between">
        <Button
          variant="default"
          disabled={step === 0}
          onClick={() => {
            go(step - 1);
          }}
        >
          Back
        </Button>
        {step < last && (
          <Button
            disabled={wish.change === null}
            title={wish.change === null ? 'Choose a change first' : undefined}
            onClick={() => {
              go(step + 1);
            }}
          >
            {step === last - 1 ? 'See the plan' : 'Next'}
          </Button>
        )}
      </Group>
    </Page>
  );
}

type StepProps = Parameters<typeof ClientsStep>[0];

function Step({ step, ...props }: StepProps & { readonly step: number }): ReactElement {
  const { wish } = props;
  if (wish.change === null || step === 0) return <ChangeStep {...props} />;
  if (step === 1) return <AssessmentStep change={wish.change} />;
  if (step === 2) return <ClientsStep {...props} />;
  if (step === 3) return <CohortsStep {...props} />;
  if (step === 4) return <PolicyStep {...props} change={wish.change} />;
  return <PlanStep wish={{ ...wish, change: wish.change }} />;
}
