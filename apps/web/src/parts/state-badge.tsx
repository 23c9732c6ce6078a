import type { ReactElement } from 'react';
import type { Look } from '../words/look.ts';
import classes from './state-badge.module.css';

interface StateBadgeProps {
  readonly look: Look;
  /** What the server says instead of the table's words. */
  readonly words?: string;
}

/** A state by its words, with sign and colour beside them. */
export function StateBadge({ look, words }: StateBadgeProps): ReactElement {
  const Icon = look.icon;
  return (
    <span className={classes['badge']} data-tone={look.tone}>
      <Icon size={15} stroke={2} aria-hidden />
      {words ?? look.words}
    </span>
  );
}
