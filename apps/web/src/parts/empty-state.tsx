import { Stack, Text, ThemeIcon } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { IconCircleDashed } from '../icons.ts';
import type { Look } from '../words/look.ts';

interface EmptyStateProps {
  readonly title: string;
  readonly icon?: Look['icon'];
  /** What to do first. */
  readonly children?: ReactNode;
}

/** Nothing to show, and what to do about it. */
export function EmptyState({ title, icon, children }: EmptyStateProps): ReactElement {
  const Icon = icon ?? IconCircleDashed;
  return (
    <Stack align="center" gap={6} py="xl" px="md" ta="center">
      <ThemeIcon variant="light" size={40} radius="xl" aria-hidden>
        <Icon size={22} stroke={1.6} />
      </ThemeIcon>
      <Text fw={600}>{title}</Text>
      {children !== undefined && (
        <Text size="sm" c="dimmed" maw={420} component="div">
          {children}
        </Text>
      )}
    </Stack>
  );
}
