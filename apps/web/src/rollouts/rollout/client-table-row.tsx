import { Checkbox, Text, UnstyledButton } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ClientRow } from '../../api/types.ts';
import { IconHandStop } from '../../icons.ts';
import { Ago, Moment } from '../../parts/moment.tsx';
import { StateBadge } from '../../parts/state-badge.tsx';
import type { Look } from '../../words/look.ts';
import { clientStates } from '../../words/states.ts';
import classes from './client-table.module.css';
import { sentence } from '../../words/terms.ts';

interface ClientTableRowProps {
  readonly row: ClientRow;
  readonly isPicked: boolean;
  readonly onPick: (isPicked: boolean) => void;
  readonly onOpen: (key: string) => void;
}

const onHold = { words: 'On hold', tone: 'ask', icon: IconHandStop } as const satisfies Look;

/** The cells of one client. */
export function ClientTableRow({
  row,
  isPicked,
  onPick,
  onOpen,
}: ClientTableRowProps): ReactElement {
  return (
    <>
      <div role="cell" className={classes['pick']}>
        <Checkbox
          size="sm"
          aria-label={`Pick ${row.name}`}
          checked={isPicked}
          onChange={(event) => {
            onPick(event.currentTarget.checked);
          }}
        />
      </div>
      <div role="cell" className={classes['client']}>
        <UnstyledButton
          className={classes['name'] ?? ''}
          onClick={() => {
            onOpen(row.key);
          }}
        >
          {row.name}
        </UnstyledButton>
        <Text size="xs" c="dimmed" truncate>
          {row.key} · {row.cohort}
        </Text>
      </div>
      <div role="cell" className={classes['state']}>
        <StateBadge look={clientStates[row.state]} words={row.stateWords} />
        {row.hold !== null && <StateBadge look={onHold} />}
      </div>
      <div role="cell" className={classes['slot']}>
        {row.slotStart === null ? (
          <Text size="sm" c="dimmed">
            No date yet
          </Text>
        ) : (
          <Moment at={row.slotStart} zone={row.zone} />
        )}
      </div>
      <div role="cell" className={classes['why']}>
        <Reason row={row} />
      </div>
      <div role="cell" className={classes['version']}>
        <Text size="sm">{row.productionVersion ?? 'Not known'}</Text>
        {row.previewVersion !== null && row.previewVersion !== row.productionVersion && (
          <Text size="xs" c="dimmed" truncate>
            preview {row.previewVersion}
          </Text>
        )}
      </div>
    </>
  );
}

function Reason({ row }: { readonly row: ClientRow }): ReactElement {
  const why = row.hold?.reason ?? row.reason ?? row.whyNot[0]?.reason;
  const more = row.whyNot.length - 1;
  return (
    <>
      {why !== undefined && (
        <Text size="sm" lineClamp={1} title={why}>
          {sentence(why)}
          {more > 0 && ` (and ${more} more)`}
        </Text>
      )}
      <Text size="xs" c="dimmed" lineClamp={1}>
        <Next row={row} isSaid={row.nextText === why} />
      </Text>
    </>
  );
}

interface NextProps {
  readonly row: ClientRow;
  /** The line above says it already; then only the time is left to tell. */
  readonly isSaid: boolean;
}

function Next({ row, isSaid }: NextProps): ReactElement {
  return (
    <>
      {!isSaid && sentence(row.nextText)}
      {!isSaid && row.nextAt !== null && ' · '}
      {row.nextAt !== null && <Ago at={row.nextAt} />}
    </>
  );
}
