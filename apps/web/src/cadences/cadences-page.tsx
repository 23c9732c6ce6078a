import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { cadencesQuestion } from '../api/queries.ts';
import type { Cadence } from '../api/types.ts';
import classes from '../calendars/calendars-page.module.css';
import { IconPlus, IconRepeat } from '../icons.ts';
import { useRights } from '../layout/me.ts';
import { EmptyState } from '../parts/empty-state.tsx';
import { Page } from '../parts/page.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import { CadenceCard } from './cadence-card.tsx';
import { CadenceDialog } from './cadence-dialog.tsx';
import { EndCadenceDialog } from './end-cadence-dialog.tsx';
import { ProposeDialog } from './propose-dialog.tsx';

/** What is open above the page, and for which cadence; null = a new one. */
type Open =
  | { readonly kind: 'form'; readonly cadence: Cadence | null }
  | { readonly kind: 'end' | 'propose'; readonly cadence: Cadence };

/** When rollouts are due again and again, and the way to the next one. */
export function CadencesPage(): ReactElement {
  const cadences = useQuery(cadencesQuestion);
  const [open, setOpen] = useState<Open | null>(null);
  const { manages } = useRights();
  return (
    <Page
      title="Cadences"
      below="When rollouts are due again and again. Each proposes a plan; nothing starts by itself."
      back={{ to: '/rollouts', label: 'Rollouts' }}
      actions={
        manages && (
          <Button
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              setOpen({ kind: 'form', cadence: null });
            }}
          >
            New cadence
          </Button>
        )
      }
    >
      <QueryPanel
        query={cadences}
        isEmpty={(all) => all.length === 0}
        empty={
          <EmptyState title="No cadence yet" icon={IconRepeat}>
            Say once that you release on every second Thursday of a month; then each release begins
            with its date, its policy and its clients filled in.
          </EmptyState>
        }
      >
        {(all) => (
          <div className={classes['cards']}>
            {all.map((cadence) => (
              <CadenceCard
                key={cadence.name}
                cadence={cadence}
                onOpen={
                  manages
                    ? (kind) => {
                        setOpen({ kind, cadence });
                      }
                    : null
                }
              />
            ))}
          </div>
        )}
      </QueryPanel>
      {open !== null && (
        <Dialog
          open={open}
          taken={cadences.data?.map(({ name }) => name) ?? []}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </Page>
  );
}

interface DialogProps {
  readonly open: Open;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

function Dialog({ open, taken, onClose }: DialogProps): ReactElement {
  switch (open.kind) {
    case 'form':
      return <CadenceDialog cadence={open.cadence} taken={taken} onClose={onClose} />;
    case 'end':
      return <EndCadenceDialog cadence={open.cadence} onClose={onClose} />;
    case 'propose':
      return <ProposeDialog cadence={open.cadence} onClose={onClose} />;
  }
}
