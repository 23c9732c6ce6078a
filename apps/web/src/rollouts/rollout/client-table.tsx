import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactElement } from 'react';
import type { ClientRow } from '../../api/types.ts';
import { ClientTableRow } from './client-table-row.tsx';
import classes from './client-table.module.css';

interface ClientTableProps {
  readonly rows: readonly ClientRow[];
  readonly picked: ReadonlySet<string>;
  readonly onPick: (picked: ReadonlySet<string>) => void;
  readonly onOpen: (key: string) => void;
}

const rowHeight = 66;

/** Thousands of clients, of which only those in sight are drawn. */
export function ClientTable({ rows, picked, onPick, onOpen }: ClientTableProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the scroll position is its state; nothing here is memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
  });
  const count = rows.filter(({ key }) => picked.has(key)).length;
  const pickAll = (isPicked: boolean): void => {
    onPick(new Set(isPicked ? rows.map(({ key }) => key) : []));
  };
  return (
    <div
      ref={scroller}
      className={classes['scroller']}
      tabIndex={0}
      role="region"
      aria-label="Table of clients"
    >
      <div role="table" aria-label="Clients" aria-rowcount={rows.length + 1}>
        <div role="row" className={classes['head']} aria-rowindex={1}>
          <div role="columnheader">
            <Checkbox
              size="sm"
              aria-label="Pick all shown clients"
              checked={count > 0 && count === rows.length}
              indeterminate={count > 0 && count < rows.length}
              onChange={(event) => {
                pickAll(event.currentTarget.checked);
              }}
            />
          </div>
          {['Client', 'State', 'Slot', 'Why not yet, and when next', 'On production'].map(
            (title) => (
              <div role="columnheader" key={title}>
                {title}
              </div>
            ),
          )}
        </div>
        {/* Heights and offsets come from the scroll position; a stylesheet cannot know them. */}
        <div role="rowgroup" className={classes['body']} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={classes['row']}
                data-index={index}
                ref={virtual.measureElement}
                style={{ transform: `translateY(${start}px)` }}
              >
                <ClientTableRow
                  row={row}
                  isPicked={picked.has(row.key)}
                  onPick={(isPicked) => {
                    onPick(withKey(picked, row.key, isPicked));
                  }}
                  onOpen={onOpen}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function withKey(picked: ReadonlySet<string>, key: string, isPicked: boolean): ReadonlySet<string> {
  const next = new Set(picked);
  if (isPicked) next.add(key);
  else next.delete(key);
  return next;
}
