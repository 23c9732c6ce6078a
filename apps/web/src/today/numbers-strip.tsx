import type { ReactElement, ReactNode } from 'react';
import type { Today } from '../api/types.ts';
import { readAt } from '../parts/moment.tsx';
import classes from './numbers-strip.module.css';

/** The day at a glance. */
export function NumbersStrip({ today }: { readonly today: Today }): ReactElement {
  const { nextWindow } = today;
  return (
    <dl className={classes['strip']}>
      <Fact label="Window" tone={nextWindow.open ? 'good' : undefined}>
        {nextWindow.open
          ? 'Open now'
          : nextWindow.opensAt === null
            ? 'None planned'
            : readAt(nextWindow.opensAt)}
        <small>{nextWindow.text}</small>
      </Fact>
      <Fact label="Starts today">{today.startsToday.length}</Fact>
      <Fact label="Needs attention" tone={today.attention.length > 0 ? 'bad' : undefined}>
        {today.attention.length}
      </Fact>
      <Fact label="Answers due">{today.deadlines.length}</Fact>
      <Fact label="Mail to clients" tone={today.live ? 'good' : 'ask'}>
        {today.live ? 'Live' : 'Not live'}
        <small>{today.live ? 'Clients get their messages' : 'Owners get them instead'}</small>
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly label: string;
  readonly tone?: 'good' | 'bad' | 'ask' | undefined;
  readonly children: ReactNode;
}

function Fact({ label, tone, children }: FactProps): ReactElement {
  return (
    <div className={classes['fact']} data-tone={tone}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
