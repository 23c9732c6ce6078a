import { Anchor, Group, Text, Title } from '@mantine/core';
import { useEffect, type ReactElement, type ReactNode } from 'react';
import { Link } from 'react-router';
import { IconArrowLeft } from '../icons.ts';
import classes from './page.module.css';

interface PageProps {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly below?: ReactNode;
  readonly actions?: ReactNode;
  readonly back?: { readonly to: string; readonly label: string };
  readonly children: ReactNode;
}

/** The same head and measure for every screen. */
export function Page({ title, beside, below, actions, back, children }: PageProps): ReactElement {
  useEffect(() => {
    document.title = `${title} · Daymark`;
  }, [title]);
  return (
    <div className={classes['page']}>
      <header className={classes['head']}>
        <div className={classes['titles']}>
          {back !== undefined && (
            <Anchor
              component={Link}
              to={back.to}
              size="sm"
              c="dimmed"
              className={classes['back'] ?? ''}
            >
              <IconArrowLeft size={14} aria-hidden /> {back.label}
            </Anchor>
          )}
          <Group gap="sm">
            <Title order={1}>{title}</Title>
            {beside}
          </Group>
          {below !== undefined && (
            <Text size="sm" c="dimmed" component="div">
              {below}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </header>
      {children}
    </div>
  );
}
