import { Group, Text, Title } from '@mantine/core';
import { useId, type ReactElement, type ReactNode } from 'react';
import classes from './page.module.css';

interface SectionProps {
  readonly title: string;
  readonly count?: number | undefined;
  readonly actions?: ReactNode;
  /** Tables reach from edge to edge. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A titled card. */
export function Section({ title, count, actions, flush, children }: SectionProps): ReactElement {
  const titleId = useId();
  return (
    <section className={classes['section']} aria-labelledby={titleId}>
      <div className={classes['sectionHead']}>
        <Group gap={8}>
          <Title order={2} id={titleId}>
            {title}
          </Title>
          {count !== undefined && (
            <Text size="sm" c="dimmed">
              {count}
            </Text>
          )}
        </Group>
        {actions}
      </div>
      <div className={classes['sectionBody']} data-flush={flush === true}>
        {children}
      </div>
    </section>
  );
}
