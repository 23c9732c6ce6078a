import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';

interface NameInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The name under which a rule appears in every reason. */
export function NameInput({ value, onChange }: NameInputProps): ReactElement {
  return (
    <TextInput
      data-autofocus
      required
      label="Name"
      description="Reasons name it, so write what a client may read."
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
