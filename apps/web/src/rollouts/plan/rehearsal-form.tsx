import { Button, Group, NumberInput } from '@mantine/core';
import { useState, type ReactElement, type SyntheticEvent } from 'react';
import { IconDice } from '../../icons.ts';

/** What a rehearsal supposes; what is left out follows from the vendor's own history. */
export interface Suppositions {
  readonly seed: number;
  readonly failurePercent?: number;
  readonly silencePercent?: number;
}

interface RehearsalFormProps {
  readonly isBusy: boolean;
  readonly onRehearse: (suppositions: Suppositions) => void;
}

/** How often deployments fail and people say nothing: as it usually is, unless somebody says otherwise. */
export function RehearsalForm({ isBusy, onRehearse }: RehearsalFormProps): ReactElement {
  const [failure, setFailure] = useState<number | string>('');
  const [silence, setSilence] = useState<number | string>('');
  const [seed, setSeed] = useState<number | string>(1);
  const send = (event: SyntheticEvent): void => {
    event.preventDefault();
    onRehearse(suppositionsOf({ seed, failure, silence }));
  };
  return (
    <form onSubmit={send}>
      <Group align="flex-end" gap="sm">
        <PercentInput label="Deployments that fail" value={failure} onChange={setFailure} />
        <PercentInput label="People who say nothing" value={silence} onChange={setSilence} />
        <NumberInput
          size="xs"
          w={110}
          label="Seed"
          min={0}
          max={2_147_483_647}
          allowDecimal={false}
          value={seed}
          onChange={setSeed}
        />
        <Button
          type="submit"
          size="xs"
          variant="light"
          leftSection={<IconDice size={14} aria-hidden />}
          loading={isBusy}
        >
          Rehearse it
        </Button>
      </Group>
    </form>
  );
}

interface PercentInputProps {
  readonly label: string;
  readonly value: number | string;
  readonly onChange: (value: number | string) => void;
}

function PercentInput(props: PercentInputProps): ReactElement {
  return (
    <NumberInput
      size="xs"
      w={170}
      suffix=" %"
      placeholder="as usual"
      min={0}
      max={100}
      {...props}
    />
  );
}

interface Written {
  readonly seed: number | string;
  readonly failure: number | string;
  readonly silence: number | string;
}

/** What was written into the fields; an empty field supposes nothing. */
export function suppositionsOf({ seed, failure, silence }: Written): Suppositions {
  return {
    seed: seed === '' ? 1 : Number(seed),
    ...(failure === '' ? {} : { failurePercent: Number(failure) }),
    ...(silence === '' ? {} : { silencePercent: Number(silence) }),
  };
}
