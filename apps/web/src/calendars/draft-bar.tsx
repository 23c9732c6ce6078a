import { Button, Group, Modal, Paper, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { api, take } from '../api/client.ts';
import type { CalendarDetail } from '../api/types.ts';
import { useAct } from '../api/use-act.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { QueryPanel } from '../parts/query-panel.tsx';
import type { CalendarDocument } from './document/calendar-document.ts';
import classes from './draft-bar.module.css';
import { EffectView } from '../parts/effect-view.tsx';

interface DraftBarProps {
  readonly calendar: CalendarDetail;
  readonly draft: CalendarDocument;
  readonly onDiscard: () => void;
}

/** Says that nothing is saved yet; saving goes through what the edit would move. */
export function DraftBar({ calendar, draft, onDiscard }: DraftBarProps): ReactElement {
  const [isReviewing, setReviewing] = useState(false);
  return (
    <Paper className={classes['bar'] ?? ''} role="status">
      <Text size="sm">
        <strong>Not saved.</strong> The days below show the calendar as it would be.
      </Text>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={onDiscard}>
          Discard
        </Button>
        <Button
          size="xs"
          onClick={() => {
            setReviewing(true);
          }}
        >
          See what it moves, then save
        </Button>
      </Group>
      {isReviewing && (
        <ReviewDraft
          calendar={calendar}
          draft={draft}
          onClose={() => {
            setReviewing(false);
          }}
        />
      )}
    </Paper>
  );
}

interface ReviewDraftProps {
  readonly calendar: CalendarDetail;
  readonly draft: CalendarDocument;
  readonly onClose: () => void;
}

function ReviewDraft({ calendar, draft, onClose }: ReviewDraftProps): ReactElement {
  const path = { name: calendar.name };
  const document = { ...draft };
  const effect = useQuery({
    queryKey: ['calendars', calendar.name, 'effect', draft],
    queryFn: () =>
      take(api.POST('/v1/calendars/{name}/effect', { params: { path }, body: { document } })),
    gcTime: 0,
  });
  const save = useAct(
    () =>
      take(
        api.PUT('/v1/calendars/{name}', {
          params: { path },
          body: { document, seenRevision: calendar.revision },
        }),
      ),
    { said: ({ revision }) => `Saved as revision ${revision}`, then: onClose },
  );
  return (
    <Modal opened onClose={onClose} title="What this edit moves" size="xl">
      <Stack>
        <QueryPanel query={effect}>{(data) => <EffectView effect={data} />}</QueryPanel>
        {save.isError && <ProblemAlert error={save.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Go on editing
          </Button>
          <Button
            loading={save.isPending}
            disabled={effect.data?.valid !== true}
            onClick={() => {
              save.mutate(undefined);
            }}
          >
            Save the calendar
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
